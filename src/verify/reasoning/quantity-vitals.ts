/** Vital signs and the body: quantities whose units are told apart by what they measure (see quantity.ts). */
import { concentrations, notIn, type Quantity, u, vital } from "./quantity.ts";

export const vitalQuantities: readonly Quantity[] = [
  {
    key: "heartRate",
    names: "heart rates?|pulse rates?|pulse(?! ?(?:ox|pressure))|HR|心率|脉搏",
    units: [u("/min", 15, 320)],
    life: [0, 400],
    never: [...vital, "pressure"],
  },
  {
    key: "respiratoryRate",
    names: "respiratory rates?|respirations?|breathing rate|RR(?! interval)|呼吸频率|呼吸",
    units: [u("/min", 2, 90)],
    life: [0, 150],
    never: [...vital, "pressure", "share"],
  },
  {
    key: "bloodPressure",
    names:
      "blood pressures?|BP|SBP|DBP|systolic(?: blood)?(?: pressure)?|diastolic(?: blood)?(?: pressure)?|mean arterial pressure|MAP|血压|收缩压|舒张压|平均动脉压",
    units: [u("mm[Hg]", 20, 330)],
    life: [0, 400],
    never: [...concentrations, "temperature", "mass", "volume", "flow", "rate"],
  },
  {
    key: "temperature",
    names: notIn(
      "room|ambient|water|storage|air|skin|surface|cooking|melting|annealing",
      "body temperature|temperature|temp|fever(?= (?:of|to|up to) )|febrile(?= (?:at|to) )|体温",
    ),
    units: [u("Cel", 24, 44), u("[degF]", 75, 112)],
    life: [10, 47],
    never: [...concentrations, "pressure", "rate", "mass", "volume", "length", "flow", "share"],
  },
  {
    key: "saturation",
    names:
      "oxygen saturations?|(?<!(?:transferrin|iron) )saturation(?! gap)|O2 saturations?|O2 sat|SpO2|SaO2|SpO₂|SaO₂|pulse oximetry|血氧饱和度|氧饱和度",
    units: [u("%", 20, 100)],
    life: [0, 100],
    never: [...concentrations, "pressure", "temperature", "rate", "mass", "volume", "length", "flow"],
  },
  {
    key: "weight",
    names: "body weight|weight|weighs|weighing|weighed|体重",
    units: [u("kg", 0.3, 400), u("[lb_av]", 0.7, 900), u("g", 300, 6000)],
    life: [0.2, 700],
    never: [...concentrations, "pressure", "temperature", "rate", "volume", "length", "flow"],
  },
  {
    key: "height",
    names: notIn(
      "fundal|vertebral|disc|disk|villus|villous|uterine|peak|bone|from a|ceiling|cell|wave|ridge",
      "height|stature|身高",
    ),
    units: [u("cm", 25, 240), u("m", 0.25, 2.4), u("[in_i]", 10, 95)],
    life: [20, 285],
    never: [...concentrations, "pressure", "temperature", "rate", "mass", "volume", "flow"],
  },
  {
    key: "age",
    names: "aged|age|年龄",
    units: [u("a", 0, 115), u("mo", 0, 120), u("wk", 0, 52), u("d", 0, 90)],
    life: [0, 125],
    never: [...concentrations, "pressure", "temperature", "mass", "length", "volume"],
  },
];
