/**
 * Identifiers of Chinese records, which HIPAA does not know: names, resident identity numbers (GB 11643), mobile
 * numbers, hospital and record numbers, addresses and hospitals, dates, ages over 89.
 *
 * Many family names are also words of medicine (高热, 黄疸, 白细胞, 水肿): a name needs a context before it and an end
 * after it, and its given name is made of characters that given names are made of.
 */
import { isResidentIdentity } from "./check-digits.ts";
import { chineseDoubleNames, chineseFamilyNames, chineseGivenCharacters } from "./name-lists.ts";
import { matches, type PhiClass, type Rule } from "./rule.ts";

const given = `[${chineseGivenCharacters}]`;
const fullName = `(?:(?:${chineseDoubleNames})${given}{1,2}|[${chineseFamilyNames}]${given}{1,2})`;
const anyName = `(?:(?:${chineseDoubleNames})[\\u4e00-\\u9fff]{1,2}|[${chineseFamilyNames}][\\u4e00-\\u9fff]{1,2})`;
const nameEnd =
  "(?=[,.;:!?()\\s，。；：、！？（）]|$|男|女|因|于\\d|之|的|[(（]|与|和|代诉|主任|医生|医师|教授|护士|先生|女士|\\d)";
/** Two or three characters that look like a name and are words. */
const words =
  /^(?:安静|平静|高明显|黄疸|高热|高血压|水肿|白细胞|方颅|温和|温热|何时|何种|何故|于是|于今|应当|应用|向心|金黄|黄金|江水|任何|成年|时间|时光|全身|全家|全天|全程|解大|解小|经常|常有|常年|平素|平时|包块|包括|关节|关于|曾有|曾在|曾经|马上|毛发|项目|严重|强烈|花生|花粉|单元|单一|连续|华法林|石大|石英|钱币|古典|宁可|路上|万一|干燥|柔软|方才|方法|方式|方可|易于|易发|易怒|武力|文化|施行|计数|舒张|康复|明显|明确|游走|胡言|胡须|常规|和平|和谐|查体|查血|习惯|保守|车祸|司机|农民|白天|白色|白带|红色|青年|青春|宫内|宫外|宫颈|官能|相关|国家|元素|原发|原因|卓越|申请|祖父|冷汗|家属|家长|代诉|丁香|牛奶|牛羊|鱼类|江河|海鲜|汗液|齐全|皮肤|汤剂|池水|苏醒|梅毒|雷击|雷诺|龙胆|龙骨|莫名|左侧|左右|左心|右心|双侧|双肺|季节|年轻|生长|生气|安全|安宁|安定|明亮|来院|古人)/;

const zh = (kind: PhiClass, name: string, find: Rule["find"]): Rule => ({
  class: kind,
  name,
  language: "zh",
  find,
});
const isWord = (value: string): boolean => words.test(value);
const global = (source: string): RegExp => new RegExp(source, "gu");

const nameRules: readonly Rule[] = [
  zh(
    "zhName",
    "afterNameLabel",
    matches(
      global(
        `(?:姓名|名字|联系人|签名|签字|签署人|医师|医生|主治|责任护士|监护人|家长|负责人|记录者|审核者|报告者|术者|陈述者|病史陈述者|收件人|乘客|户主)(?:为|是|叫)?\\s?[:：]?\\s?(${anyName})(?=[,.;:!?()\\s，。；：、！？（）]|$|男|女)`,
      ),
      (value, match) => /[:：]|姓名|名字/.test(match[0].slice(0, -value.length)) && !isWord(value),
    ),
  ),
  zh(
    "zhName",
    "afterPatient",
    matches(
      global(
        `(?:患者|病人|患儿|产妇|孕妇|家属|伤者|死者|老人|男孩|女孩|男子|女子|母亲|父亲|丈夫|妻子|儿子|女儿|病员|我叫|名叫|叫做|我是)(${fullName})${nameEnd}`,
      ),
      (value) => !isWord(value),
    ),
  ),
  zh(
    "zhName",
    "beforeSexOrAge",
    matches(
      global(`(?:^|[。；;\\n\\s:：]|例\\d?[:：]?)(${fullName})(?=[,，、(（\\s]{1,2}(?:男|女|\\d{1,3}岁))`),
      (value) => !isWord(value),
    ),
  ),
  zh(
    "zhName",
    "beforeTitle",
    matches(
      global(
        `(?:^|[，。；：、！？（\\s由经请向找给让对与和到是为的被,.;:(])(${fullName}|[${chineseFamilyNames}])(?=(?:主任|副主任|主治|医生|大夫|教授|护士长|护士|医师|先生|女士|小姐|老师|阿姨|大爷|大妈|院长))`,
      ),
      (value, match, text) =>
        !isWord(value) &&
        !/^(?:主任|副主)/.test(value) &&
        !(
          value.length === 1 &&
          /^[和应向任何时全经常于成包连关易单解查来原相计保官习外内中西管主高]$/.test(value)
        ) &&
        !/^(?:主任|医生|医师|教授|护士)(?:会|应|可|查房时指出该)/.test(
          text.slice(match.index + match[0].length, match.index),
        ),
    ),
  ),
  zh(
    "zhName",
    "byPerson",
    matches(
      global(
        `(?:由|经|请|向)(${fullName})(?=(?:主任|医生|医师|教授|护士|副|主治|会诊|手术|主刀|检查|签字|接诊))`,
      ),
      (value) => !isWord(value),
    ),
  ),
];

const numberRules: readonly Rule[] = [
  {
    class: "zhIdentity",
    name: "residentIdentity",
    language: "any",
    find: matches(/(?<![\w.])\d{17}[\dXx](?!\w)/g, (value) => isResidentIdentity(value)),
  },
  zh(
    "zhIdentity",
    "labelledIdentity",
    matches(
      /(?:身份证|证件|护照|军官证|驾驶证|社保卡?|户口本|港澳通行证|台胞证)(?:号码|号|编号)?(?:为|是)?\s?[:：]?\s?([A-Za-z]{0,3}\d{6,17}[\dXx])(?![\dA-Za-z])/g,
    ),
  ),
  zh(
    "zhPhone",
    "mobile",
    matches(/(?<![\w.-])(?:\+?\s?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![\w-]|\.\d)/g),
  ),
  zh(
    "zhPhone",
    "landline",
    matches(/(?<![\w.-])(?:\(0\d{2,3}\)|0\d{2,3}[- ])\s?\d{7,8}(?:-\d{1,5})?(?![\w-])/g),
  ),
  zh(
    "zhPhone",
    "labelledPhone",
    matches(
      /(?:电话|手机|联系方式|微信|拨打|传真|热线|致电|QQ)(?:号码|号)?(?:为|是|同号)?\s?[:：]?\s?(\+?\d[\d -]{5,16}\d)(?!\d)/g,
      (value) => value.replace(/\D/g, "").length >= 7,
    ),
  ),
  zh(
    "zhRecord",
    "labelledRecord",
    matches(
      /(?:住院|病历|病案|门诊|门急诊|急诊|就诊|就诊卡|诊疗卡|医保|医保卡|医疗卡|检查|检验|病理|影像|CT|MRI|X线片?|超声|登记|床|床位|标本|条码|样本|流水|处方|档案|患者|病人|入院|挂号|保险|保单|社保|银行卡|账|银行账|车牌|发票|订单|学|工|执业证书?|编)(?:编?号码?|ID|卡号)(?:为|是)?\s?[:：]?\s?(?:第)?((?:[\u4e00-\u9fff])?[A-Za-z]{0,6}[-·]?\d[\dA-Za-z]*(?:[-_/][\dA-Za-z]+)*)/g,
      (value) => /\d/.test(value),
    ),
  ),
  zh(
    "zhRecord",
    "bed",
    matches(/(?<![第\d])(?<=[，。；：\s(（]|^)(\d{1,3}(?:-\d{1,2})?床)(?=患者|病人|[，。])/g),
  ),
];

const provinces =
  "北京|上海|天津|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门";
const part = "[\\u4e00-\\u9fff]";
const plainHan = `(?:(?![的了在是和与或及为有无至到于从因由后前上下内外])${part})`;
const unit =
  "省|自治区|自治州|地区|市|区|县|旗|州|盟|镇|乡|街道|村|屯|社区|小区|花园|家园|苑|公寓|大厦|大学|路|大道|大街|街|巷|弄|胡同|道";
const houseUnit = "号院|号楼|号|栋|幢|单元|室|楼|层|座";
const town = `(?:(?:${provinces})(?=${part}))?(?:${plainHan}{1,9}?(?:${unit})(?:${unit})?|[\\d一二三四五六七八九十]{1,5}(?:${houseUnit}))+`;
const bigCities =
  "北京|上海|天津|重庆|广州|深圳|成都|武汉|杭州|南京|西安|苏州|长沙|沈阳|青岛|大连|厦门|宁波|郑州|济南|哈尔滨|长春|昆明|福州|合肥|石家庄|太原|南昌|贵阳|南宁|兰州|海口|乌鲁木齐|银川|西宁|拉萨|呼和浩特|无锡|佛山|东莞|温州|烟台|徐州|唐山|洛阳|珠海";

const wholeProvince = new RegExp(`^(?:${provinces})(?:省|自治区)?$`, "u");
const notTown =
  /^(?:城市|本市|我市|全市|外地|该市|某市|某县|某地|农村|城区|郊区|山区|疫区|社区|小区|牧区|地区|病区|当地|乡镇|本地|县|市)/;

const placeRules: readonly Rule[] = [
  zh(
    "zhPlace",
    "address",
    matches(
      global(
        `(?:家住|现住|居住于|居住在|住在|暂住|住址|地址|家庭住址|现住址|籍贯|户籍|户口所在地|出生地|生于|来自|祖籍|工作单位|通讯地址|常住|长期生活于|居住地)(?:为|是|于|在)?\\s?[:：]?\\s?(${town})`,
      ),
      (value) =>
        value.length >= 2 &&
        !wholeProvince.test(value) &&
        !notTown.test(value) &&
        /[市区县镇乡村路街道巷号栋室州盟旗厦苑园]/.test(value),
    ),
  ),
  zh(
    "zhPlace",
    "fullAddress",
    matches(
      global(
        `(?:(?:${provinces})(?:省|市|自治区)?)(?:${plainHan}{1,6}(?:市|州|区|县))(?:${plainHan}{1,7}(?:区|县|镇|乡|街道|村|路|大道|街))*(?:\\d+号?)?(?:${plainHan}{0,6}\\d+(?:栋|幢|号楼|单元|室|楼|层))*`,
      ),
      (value) => !wholeProvince.test(value),
    ),
  ),
  zh(
    "zhPlace",
    "streetNumber",
    matches(
      global(
        `(${plainHan}{2,7}(?:路|大道|大街|街|巷|弄|胡同)\\d+号(?:院|楼)?(?:\\d+(?:栋|幢|号楼|单元|室))*)`,
      ),
    ),
  ),
  zh(
    "zhPlace",
    "city",
    matches(
      global(
        `(?<=在|于|到|从|往|去|赴|自|住)(?:${bigCities})市?(?!型|脑炎|医院|协和|儿童|大学)(?=[，。；、\\s]|工作|打工|出差|旅游|就诊|治疗|居住|生活|上学|务工|手术|的)`,
      ),
    ),
  ),
  zh(
    "zhPlace",
    "cityInContext",
    matches(
      global(
        `(?<=在|于|到|从|往|去|赴|自)(${plainHan}{2,4}市)(?=[，。；、\\s]|工作|打工|出差|旅游|就诊|治疗|居住|生活|上学|务工)`,
      ),
      (value) => !notTown.test(value),
    ),
  ),
  zh(
    "zhPlace",
    "hospital",
    matches(
      global(
        `(?:(?<=在|于|至|到|由|从|往|赴|自|经|去|的|转|：|:|，|。|；|、|\\s)|^)(?:(?:(?![的了在是于至到由从往赴去患者因予，。])[\\u4e00-\\u9fff]){2,16}?(?:医院|卫生院|诊所|卫生所|保健院|医学院|疗养院|养老院|卫生服务中心))`,
      ),
      (value) =>
        !genericHospital.test(value) && !/[患者的了因行后前予诊断]/.test(value.replace(/第.医院|诊所$/u, "")),
    ),
  ),
];

/** Names of hospitals that are made of such words alone name none. */
const genericHospital =
  /^(?:当地|外地|外|我|本|某|该|社区|综合|三甲|三级|二级|一级|甲等|县级?|市级?|省级?|区级?|基层|上级|专科|精神(?:病|卫生)?|儿童|妇产|妇幼|妇科|传染病|结核病?|公立|私立|民营|私人|乡镇?|镇|村|个体|教学|附近|附属|肿瘤|胸科|口腔|眼科|骨科|中医|中西医结合|职业病|定点|地方|康复|部队|军队|就近|住院|出院|入院?|多家|几家|一家|两家|各级?|大型?|小型?|中心|人民|大学|医科|第[一二三四五六七八九十]+|急诊|到|去|另一|其他|同一|线下|线上|正规|专业|权威|互联网|较大|更大|最近|先|再|立即|尽快|可以|建议|直接|及时|老年|家庭|民族)+(?:医院|卫生院|诊所|卫生所|保健院|医学院|疗养院|养老院|卫生服务中心)$/;

const han10 = "[〇零一二三四五六七八九]";
const dateRules: readonly Rule[] = [
  {
    class: "zhDate",
    name: "yearMonthDay",
    language: "zh",
    personal: true,
    find: matches(
      /(?:19|20)\d\d\s?年\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?[日号])?(?:上旬|中旬|下旬|初|底|末)?/g,
      (value) => `${value.slice(0, 4)}年`,
    ),
  },
  {
    class: "zhDate",
    name: "yearMonthDayInWords",
    language: "zh",
    personal: true,
    find: matches(
      new RegExp(`${han10}{4}年[一二三四五六七八九十]{1,3}月(?:[一二三四五六七八九十]{1,3}[日号])?`, "g"),
      (value) => value.slice(0, 5),
    ),
  },
  {
    class: "zhDate",
    name: "monthDay",
    language: "zh",
    personal: true,
    find: matches(/(?<![\d年.])(?:1[0-2]|0?[1-9])月(?:3[01]|[12]\d|0?[1-9])[日号](?!龄)/g),
  },
  {
    class: "zhDate",
    name: "dottedDate",
    language: "zh",
    personal: true,
    find: matches(
      /(?<![\d./-])(?:19|20)\d\d[.-](?:1[0-2]|0?[1-9])[.-](?:3[01]|[12]\d|0?[1-9])(?![\d./-])/g,
      (value) => value.slice(0, 4),
    ),
  },
];

const ageRules: readonly Rule[] = [
  zh(
    "zhAge",
    "overEightyNine",
    matches(
      /(?<![\d.\-~～至>≥<≤])(?:9\d|1[0-2]\d)(?:周?岁)(?!以上|以下|以内|及以上|或以上|及以下|后|前|[-~～至])/g,
      (_value, match, text) =>
        /(?:大于|超过|小于|低于|高于|不足|未满|满|年满|至|到|≥|>|<|≤)\s?$/.test(
          text.slice(Math.max(0, match.index - 4), match.index),
        )
          ? false
          : "90岁以上",
    ),
  ),
  zh(
    "zhAge",
    "overEightyNineInWords",
    matches(
      /(?<![一二三四五六七八九十百])(?:九十[一二三四五六七八九]?|一百(?:零?[一二三四五六七八九]|[一二]?十[一二三四五六七八九]?)?)(?:周?岁)(?!以上|以下|以内|及以上|或以上)/g,
      () => "90岁以上",
    ),
  ),
];

export const chineseRules: readonly Rule[] = [
  ...nameRules,
  ...numberRules,
  ...placeRules,
  ...dateRules,
  ...ageRules,
];
