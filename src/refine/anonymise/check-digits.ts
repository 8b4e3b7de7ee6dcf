/**
 * Check digits: Luhn (payment cards, IMEI, US provider numbers), ISO 7064 MOD 97-10 (IBAN), ISO 3779 as used in North
 * America (vehicles), ISO 7064 MOD 11-2 (Chinese resident identity, GB 11643).
 */

const digitsOf = (value: string): number[] => [...value.replace(/\D/g, "")].map(Number);

/** Whether the digits of a value end in their Luhn check digit. */
export function isLuhn(value: string): boolean {
  const digits = digitsOf(value).reverse();
  const sum = digits.reduce(
    (total, digit, at) => total + (at % 2 === 0 ? digit : digit > 4 ? 2 * digit - 9 : 2 * digit),
    0,
  );
  return digits.length > 1 && sum % 10 === 0;
}

/** A US National Provider Identifier: Luhn over the ten digits behind the issuer's 80840. */
export function isNpi(value: string): boolean {
  return digitsOf(value).length === 10 && isLuhn(`80840${value}`);
}

/** An international bank account number with the right two check digits. */
export function isIban(value: string): boolean {
  const bare = value.replace(/ /g, "");
  if (bare.length < 15 || bare.length > 34) return false;
  let rest = 0;
  for (const char of bare.slice(4) + bare.slice(0, 4)) {
    const number = Number.parseInt(char, 36);
    rest = (rest * (number > 9 ? 100 : 10) + number) % 97;
  }
  return rest === 1;
}

const vinWeights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
const vinLetters: Readonly<Record<string, number>> = Object.fromEntries(
  [..."ABCDEFGHJKLMNPRSTUVWXYZ"].map((letter, at) => [
    letter,
    [..."12345678123457923456789"].map(Number)[at] as number,
  ]),
);

/** A vehicle identification number whose ninth character is its check digit. */
export function isVin(value: string): boolean {
  if (!/^[A-HJ-NPR-Z\d]{17}$/.test(value)) return false;
  const sum = [...value].reduce(
    (total, char, at) => total + (vinLetters[char] ?? Number(char)) * (vinWeights[at] as number),
    0,
  );
  return value[8] === "0123456789X"[sum % 11];
}

const identityWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** An 18-character Chinese resident identity number: a real day of birth and the right last character. */
export function isResidentIdentity(value: string): boolean {
  if (!/^\d{17}[\dXx]$/.test(value)) return false;
  const month = Number(value.slice(10, 12));
  const day = Number(value.slice(12, 14));
  if (!/^(?:18|19|20)/.test(value.slice(6)) || month < 1 || month > 12 || day < 1 || day > 31) return false;
  const sum = identityWeights.reduce((total, weight, at) => total + weight * Number(value[at]), 0);
  return "10X98765432"[sum % 11] === value[17]?.toUpperCase();
}
