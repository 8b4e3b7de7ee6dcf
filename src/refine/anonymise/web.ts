/** E-mail, web and network addresses (HIPAA classes 6, 14 and 15). */
import { matches, type Rule } from "./rule.ts";

const endings =
  "com|org|net|edu|gov|mil|info|biz|io|co|health|clinic|care|hospital|me|us|uk|ca|au|de|fr|nl|es|it|eu|in|cn|jp|ch|se|no|ie|nz|za|br|mx|app|dev|online|site|int";

const octet = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";

export const webRules: readonly Rule[] = [
  {
    class: "email",
    name: "emailAddress",
    language: "any",
    needs: /@/,
    find: matches(/[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.[A-Za-z]{2,12}/g),
  },
  {
    class: "email",
    name: "emailSpelledOut",
    language: "en",
    needs: /\bdot\b|\(dot|\[dot/i,
    find: matches(
      /\b[\w.+-]{1,64}\s?(?:\(at\)|\[at\]|\bat\b)\s?[\w-]{2,63}\s?(?:\(dot\)|\[dot\]|\bdot\b)\s?(?:com|org|net|edu|gov)\b/gi,
    ),
  },
  {
    class: "url",
    name: "webAddress",
    language: "any",
    needs: /:\/\/|www\./i,
    find: matches(
      /(?:https?|ftp):\/\/[^\s<>"'，。；）\u4e00-\u9fff]*[\w/=#&-]|\bwww\.[\w-]+(?:\.[\w-]+)+(?:\/[^\s<>"'，。；）\u4e00-\u9fff]*[\w/=#&-])?/gi,
    ),
  },
  {
    class: "url",
    name: "bareDomain",
    language: "any",
    find: matches(
      new RegExp(
        `(?<![\\w@.-])(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.){1,4}(?:${endings})(?:\\/[\\w./?=&%#~-]*[\\w/])?(?![\\w@-]|\\.\\w)`,
        "gi",
      ),
      (value) => !/^(?:[a-z]\.){1,2}[a-z]{2}$/i.test(value) && (value.includes("/") || !/[A-Z]/.test(value)),
    ),
  },
  {
    class: "ip",
    name: "ipv4",
    language: "any",
    find: matches(
      new RegExp(`(?<![\\w.-])${octet}(?:\\.${octet}){3}(?![\\w-]|\\.\\d)(?::\\d{2,5}\\b)?`, "g"),
      (_value, match, text) =>
        !/\b(?:version|v|section|chapter|ver|EC)\.?\s?$/i.test(
          text.slice(Math.max(0, match.index - 10), match.index),
        ),
    ),
  },
  {
    class: "ip",
    name: "ipv6",
    language: "any",
    needs: /:[\da-f]{0,4}:/i,
    find: matches(/(?<![\w:.])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])/gi, (value) => isIpv6(value)),
  },
  {
    class: "code",
    name: "accountHandle",
    language: "en",
    needs: /@/,
    find: matches(
      /@(?<=\b(?:twitter|instagram|facebook|tiktok|handle|username|user name|wechat|skype|x)\b[^.\n]{0,20}@)[A-Za-z]\w{2,30}/gi,
    ),
  },
];

/** Eight groups of up to four hexadecimal digits, or fewer with one "::"; "12:30:45" is a time and is not one. */
function isIpv6(value: string): boolean {
  const gaps = value.split("::").length - 1;
  if (gaps > 1) return false;
  const groups = value.split(":").filter((group) => group !== "");
  return gaps === 1
    ? groups.length >= 2 && groups.length <= 7 && /[0-9a-f]{3}/i.test(value)
    : groups.length === 8;
}
