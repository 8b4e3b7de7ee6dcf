/**
 * How claims are worded: one row a wording, over a line of `claims-lines.ts`, where names are numbers, articles,
 * auxiliaries and adverbs are gone and every form of "to be" is "is".
 * The signs in a row are explained in `claims-patterns.ts`.
 */
import {
  against,
  bad,
  confirm,
  consists,
  diagnosed,
  feature,
  good,
  has,
  remedyNoun,
  seen,
  sideEffect,
  suggest,
  target,
  test,
} from "./claims-vocabulary.ts";
import { type Row, rowsOfCauses } from "./claims-wordings-causes.ts";

/** Rows by kind; "-" before the kind for words that deny, "!" for words that say what marks a disease out. */
export const rows: readonly Row[] = [
  [
    "contra",
    `
    A is * ${bad} in|during|with|by|for|when|given|because_of B
    B is * contraindication|contraindications to|for|of|against A
    contraindication|contraindications of|to|for A is|includes B
    A has contraindication in|with|during? B
    B contraindicates|precludes|forbids|prohibits|rules_out|rule_out|contraindicate|preclude|forbid|prohibit A
    avoid|withhold|stop|avoiding A in|during|with|for B
    in|during|with|for B ,? A is * ${bad}
    in|during|with|for B ,? avoid|withhold|stop A
    A poses|carries|has|presents * risk|risks|danger|harm|hazard|dangers in|during|for|to|with B
    B is reason|grounds to|for avoid|withhold|avoiding|withholding|stop A
    B is * reason to_avoid|to_withhold A
    problem|risk|danger|harm|concern|objection|issue|harm with|to|in|of|about giving|using|prescribing|continuing|starting? A in|during|to|for|despite B
    reason to|for avoid|withhold|stop|avoiding|withholding A in|during|with B
    B makes A * ${bad}|risky
    B speaks_against|speak_against|argues_against|argue_against|militates_against A
    B is * obstacle|barrier|bar|hindrance|objection|impediment to|for|against A
    B stands|stand_in_way of A
    B stands|stand in way of A
    `,
  ],
  [
    "safe",
    `
    A is * safe|permitted|allowed|acceptable|harmless|well_tolerated|fine|advisable|safest|unproblematic|reasonable|compatible|ideal in|during|for|with|to|despite|throughout B
    A is * given|used|taken|continued|prescribed|started|administered|recommended|offered during|with|to|despite|throughout|regardless_of B
    in|during|with|for B ,? A is * safe|permitted|allowed|acceptable|harmless|fine|safest|advisable|unproblematic
    in|during|with|for B ,? A is * given|used|taken|continued|prescribed|administered|started
    B is compatible_with|safe_for|safe_with A
    A is ${remedyNoun} during B
    A is tolerated in|during|by B
    A is * continued|kept|restarted|maintained|resumed in|during|despite B
    it is * safe|fine|acceptable|reasonable|possible|permissible|ok|advisable to give|use|prescribe|take|continue|start|administer A in|during|to|with|despite B
    A is in order in B
    A is * choice|option during|despite B
    `,
  ],
  [
    "effect",
    `
    B is * ${sideEffect}|reaction of|from|with|to|during|in A
    ${sideEffect} of|from|with|to A is|includes|include B
    A has|have|lists|list|includes * ${sideEffect} of|like? B
    A has|have|lists|list B as * ${sideEffect}
    A carries|has|bears|poses risk|danger of B
    B is * effect|risk|consequence|danger of|from|with A
    A ${sideEffect} is|includes|include B
    B is * dose-related|dose-dependent ${sideEffect} of A
    risk|danger|chance of B with|from|on|under|during A
    B is * seen|observed|reported|encountered with|on|under|during|after A
    A is * notorious|known|infamous|toxic for|as_cause_of B
    `,
  ],
  [
    "risk",
    `
    B is * risk_factor|risk_factors|risk for|of|in A
    risk_factor|risk_factors of|for|in A is|includes|include B
    B raises|increases|increase|raise|heightens|elevates|heighten|elevate risk|chance|likelihood|odds|probability of|for A
    B predisposes|predispose|predisposing to A
    A is likelier with|in|among|after|through|under B
    risk|likelihood|odds|chance of A rises|increases|grows|climbs with|under B
    A has risk_factor B
    B favors|favours|promotes|promote|contributes_to|contribute_to A
    B makes A likelier
    A is favored|favoured|promoted|fostered by B
    `,
  ],
  [
    "protect",
    `
    A protects|protect|protecting against|from B
    A prevents|prevent|averts|avert|wards_off|ward_off B
    A reduces|reduce|diminishes|diminish|lessens|lowers|lower|decreases|decrease|cuts|cut|halves risk|chance|likelihood|odds|probability of|for B
    A is protective against|in|for B
    risk|likelihood|odds|chance of B falls|drops|declines|decreases|sinks with|under A
    B is prevented|warded_off|averted by|with|through A
    A is * prophylaxis|prevention|protection against|for|of B
    B is less_common|less_frequent in|with|among A
    `,
  ],
  [
    "test",
    "diagnosing|confirming|detecting|establishing|proving A requires|needs|calls_for|means|involves|takes B",
  ],
  [
    "-treat",
    `
    B is * ineffective|useless|worthless|unhelpful|inactive|inappropriate|inadequate in|for|against|at|to_treat|in_treating|in_treatment_of A
    B achieves|offers|does nothing in|for|against A
    B nothing for|in|against A
    B is wrong|poor|bad * drug|choice|treatment|agent|option for|in A
    A is * refractory|resistant|unresponsive to B
    `,
  ],
  [
    "treat",
    `
    A is treated|managed|controlled|cured|relieved|treatable|ameliorated|helped|handled|alleviated|manageable|curable|addressed|tackled with|by|using|through|via B
    A treatment|therapy|management ${consists} B
    B is something|thing|drug|treatment anyone|one|people|doctors|we|anybody gives|uses|prescribes|give|use|prescribe for|in A
    for|in A ,? B is something|thing|drug|treatment anyone|one|people|doctors|we|anybody gives|uses|prescribes|give|use|prescribe
    * ${remedyNoun} of|for|in|against|to A ${consists}|with B
    * ${remedyNoun} for_treatment_of|for_treating|in_treatment_of|to_treat A ${consists} B
    B is * ${remedyNoun} of|for|in|against|to_treat|used_for|used_in|for_treatment_of|for_treating A
    B treats|treat|treating|cures|cure|relieves|relieve|controls|control|manages|manage|helps|help|improves|improve|alleviates|alleviate|ameliorates|eases|ease|combats|fights|resolves|cures A
    B helps|help|works|work|acts well? in|for|against|with A
    B is * ${good} for|in|against|to_treat|in_treating|to_control|to_manage|for_treating|to_relieve|in_treatment_of|for_treatment_of|in_management_of|for_management_of|as_treatment_of|as_treatment_for|as_therapy_for|for_relief_of|at_treating|when_treating A
    A responds|respond|responding * to B
    A improves|improve|resolves with|on|after|under B
    B has|plays|play|offers|brings|provides|have * role|part|place|benefit|benefits|use|value|effect|efficacy|activity|utility in|for|against|on|in_treatment_of|in_treating A
    B is of|without * benefit|use|value|help in|for|against|to A
    use|prescribe|give|start|choose|recommend|administer|prescribing|giving|using B for|in|to_treat|against|to A
    treat|treating|manage|managing|treats|treated A with|using|by B
    in|for|with A ,? B is * ${remedyNoun}|${good}
    in|for A ,? * ${remedyNoun} ${consists} B
    B is for|against A
    A calls_for|requires|require|needs|need|warrants|demands B
    B is what treats|cures A
    place|role|need|indication|use|justification|benefit for|in|of|from B in|for A
    A receives|receive|gets|get|takes|take B
    B plays|play * role|part in treatment_of|management_of|treating|managing? A
    B is part of * treatment|management|therapy|care|regimen of|for|in A
    A is * indication|use for|of B
    B is in A
    in|for|with|against A ,? B has|offers|brings|shows * effect|benefit|role|place|use|value|activity
    in|for|with|against A ,? B works|helps|fails|work|help
    favor|favour|prefer|favors|favours|prefers|like B in|for A
    A is something|what B treats
    for|in A ,? give|use|prescribe|start|choose|try|offer B
    `,
  ],
  [
    "test",
    `
    A is ${diagnosed} * with|by|via|using|through|on|from|in B
    diagnosis|confirmation|detection of A is made|confirmed|established|secured|clinched|based|verified|by|proven with|by|on|via|through|using B
    diagnosis|confirmation|detection of A ${consists}|requires|needs|depends_on B
    * ${test} of|for|in|to_diagnose|to_confirm|to_detect|used_for A ${consists} B
    B is * ${test} of|for|in|to_diagnose|to_confirm|to_detect|used_for|when_suspecting A
    B ${confirm}|confirming|diagnosing|reveals|reveal|shows|show|uncovers|visualises|visualizes A
    B ${confirm} diagnosis|presence of A
    to confirm|diagnose|detect|establish A ,? we|you|one|doctors|clinicians? order|perform|use|do|request|obtain|choose B
    B is * used|done|performed|ordered|useful|helpful|needed|required|diagnostic|obtained|requested|recommended|relied_on|chosen to_diagnose|to_confirm|for_diagnosis_of|in_diagnosis_of|in_diagnosing|for_diagnosing|for|of|in|to_detect|to_establish|to_identify|for_confirmation_of|to_verify A
    B is how A is ${diagnosed}
    A is visible|seen|apparent|evident on|with|by B
    A diagnosis|diagnostic_test|test is B
    in|for A ,? * ${test} is B
    A is|shows positive? on|in B
    B has * role|place|value|use in_diagnosis_of|in_diagnosing|for_diagnosing|in_confirming A
    B has|plays|play * role|part|place|value|use in * diagnosis|work-up|workup|evaluation|detection|confirmation|assessment|investigation of A
    B has|plays|play * role|part|place|value|use in diagnosing|confirming|detecting|identifying A
    B helps|help|serves|serve|allows|aids|contributes in|to? diagnose|diagnosing|confirm|confirming|detect|detecting|identify|diagnosis_of|confirmation_of|workup_of|work-up_of A
    B rules_in|rule_in|settles|secures|uncovers|discovers|picks_up A
    diagnose|diagnosing|diagnoses|confirm|confirming|confirms|detect|detects|prove|proves|establish A with|by|using|on|through B
    order|perform|obtain B for|to_diagnose|to_confirm A
    `,
  ],
  [
    "-test",
    `
    B is * useless|unhelpful|worthless|irrelevant|noncontributory|non-diagnostic for|in|to_diagnose|to_confirm|for_diagnosing|in_diagnosing|in_diagnosis_of|for_diagnosis_of|at_diagnosing A
    B misses|miss|overlooks A
    `,
  ],
  [
    "complication",
    `
    B is * complication|complications|sequela|sequelae of|in|from A
    A is complicated by B
    complication|complications|sequela of A is|includes|include B
    A progresses|progress|evolves|develops to|into B
    B complicates|complicate A
    A has B as * complication
    A is followed by B
    A carries|has|bears|poses|brings * risk|danger of B
    risk|danger of B with|from A
    A ends|end in|with B
    `,
  ],
  [
    "occur",
    `
    B occurs|occur|appears|appear|develops|develop|arises|arise|emerges in|with|during|on|under A
    A is at * risk of|for B
    under|with|on|during|in A ,? B occurs|arises|develops|appears
    under|with|on|during A ,? B is * ${seen}
    A is * known|notorious|famous|renowned for B
    `,
  ],
  [
    "target",
    `
    A ${target} B
    A works|work|acts|act by|through|via inhibiting|blocking|activating|stimulating|binding|antagonising|antagonizing|targeting|suppressing B
    A owes * effect to inhibition|blockade|activation|stimulation of B
    B is * target of|for A
    target of A is B
    A is * inhibitor|blocker|antagonist|agonist|activator of|at B
    B is inhibited|blocked|targeted|bound|activated|antagonised|antagonized by A
    A has * action|effect|activity|affinity on|at|for B
    A mode_of_action|target is B
    `,
  ],
  [
    "metabolism",
    `
    A is * metabolised|metabolized|broken_down|cleared|degraded|inactivated|eliminated by|in|via|through B
    B metabolises|metabolizes|breaks_down|clears|degrades|inactivates A
    `,
  ],
  [
    "mechanism",
    `
    * mechanism|pathogenesis|pathophysiology|basis|process|pathology of|behind|underlying|in A ${consists} B
    A acts|act|works|work|operates|exerts_effect|achieves_effect by|through|via|as B
    B is * mechanism|basis|process|pathology|driver|pathophysiology of|behind|underlying|in A
    A mechanism|mechanism_of_action|pathogenesis|pathophysiology ${consists} B
    mechanism_of_action of A ${consists} B
    A is * driven|mediated|explained|underlain by B
    A involves|involve|entails|implies B
    B is how A works|acts|operates
    A owes * effect|action|efficacy to B
    A is * disease|disorder|condition|form|state of B
    process behind A is B
    B is * involved|implicated in A
    B plays|play|has * role|part in A
    A has B as * mechanism
    `,
  ],
  [
    "member",
    `
    A belongs|belong|belonging to class_of? B
    A is * member|example|representative|type|kind|form|sort|variety|subtype|variant of|from|in B
    A is * classed|classified|grouped|categorised|categorized as|with|among|under|in B
    class of|for A is B
    A class is B
    A is among|one_of|part_of B
    one|example|member of B is A
    B includes|include|comprises|comprise|contains A
    A falls under|into|within B
    A is * drug|agent|medication in|from|of class_of? B
    A is B
    B is class of|to A
    B is class to|in|of which A belongs|belong|falls
    A counts as B
    A is * counted|numbered|listed|included|ranked among|in|with B
    A counts|ranks|count|rank among|with B
    A is in B
    A falls|fall under|into|within class|group|family_of? B
    `,
  ],
  [
    "specialty",
    `
    A is * handled|managed|treated|seen|dealt_with in|within|by B
    A belongs|belong|falls|fall to|under|into|within|in B
    B deals_with|deal_with|covers|handles|manages|treats|treat A
    A is * matter|disease|disorder|condition|topic|part|subject of|for|in|within B
    specialty of|for A is B
    `,
  ],
  ["interact", "A interacts|interact|interacting with B"],
  [
    "differ",
    "A mimics|mimic|resembles|resemble B\nA is * confused|mistaken with|for B\ndifferential|differential_diagnosis of A includes|include B",
  ],
  [
    "worsen",
    `
    A worsens|worsen|aggravates|aggravate|exacerbates|exacerbate B
    B is worsened|aggravated|exacerbated by A
    A makes|make|renders|turns B worse
    `,
  ],
  ["-effect", "A is free of|from B as? * side_effect?\nA spares patients B"],
  [
    "-feature",
    `
    B ${against} A
    B is * inconsistent|incompatible|atypical|uncharacteristic|untypical|unexpected with|of|for|in A
    B makes|make|making A unlikely|improbable|implausible
    A is unlikely|improbable|implausible * cause|reason|explanation|source of|for|behind B
    A is unlikely with|given|because_of B
    A lacks|lack|lacking|spares|spare B
    A is free of|from B
    A spares patients|people from B
    A occurs|runs|presents|proceeds|present|occur|comes|come without B
    B is absent|missing|lacking|unseen in|from|with A
    in A ,? B is absent|missing|lacking|unseen
    B is * evidence|point|argument against A
    with|in|given B present? ,? A is ruled_out|excluded|unlikely|improbable
    `,
  ],
  [
    "!feature",
    `
    B is * hallmark|pathognomonic|signature|pathognomonic_sign|characteristic_finding|hallmark_finding|classic_finding|diagnostic|specific of|for|in A
    hallmark|pathognomonic_sign|pathognomonic_finding|signature|characteristic_finding|finding of|for|in A is B
    A is * characterised|characterized|marked|recognised|recognized by B
    `,
  ],
  [
    "feature",
    `
    A presents|present|manifests|manifest|presenting * with|as B
    A ${has} B
    A is * characterised|characterized|marked|accompanied|distinguished|recognised|recognized|typified|heralded|announced by|with B
    B is * ${feature}|${seen} of|in|with|for|to A
    * ${feature} of|in|to|for|with A ${consists} B
    B ${suggest} A
    B makes|make A likelier
    B is * evidence of|for A
    B accompanies|accompany|marks|mark|heralds|characterises|characterizes A
    in A ,? B is * ${seen}|${feature}
    in|with A ,? we|one|you see|find|expect|sees|finds|expects B
    we|one|you|clinicians|doctors see|find|expect|sees|finds|expects|encounter B in|with|from A
    B is part of A
    B is part of * picture|presentation|spectrum|course|syndrome|triad|constellation of|in A
    * picture|presentation|triad|constellation|spectrum|course of A ${consists} B
    A explains|explain|accounts_for|account_for B
    B is * explained by A
    B is what A causes|produces
    B belongs|belong to|with * picture|presentation|spectrum of|in? A
    B fits|fit|goes|go in|into|with? * picture|presentation of? A
    A has B as * ${feature}
    A ${feature} ${consists} B
    A is * suggested|indicated by B
    `,
  ],
  ...rowsOfCauses,
];
