/**
 * Float16 and bfloat16 as GGUF stores them: widened exactly, narrowed to the nearest with ties to even (IEEE 754).
 */

let widened: Float32Array | undefined;

/** The float32 value of each of the 65,536 float16 patterns. */
export function float16Table(): Float32Array {
  if (widened !== undefined) return widened;
  widened = new Float32Array(65536);
  for (let bits = 0; bits < 65536; bits++) {
    const sign = bits & 0x8000 ? -1 : 1;
    const exponent = (bits >> 10) & 31;
    const fraction = bits & 1023;
    if (exponent === 0) widened[bits] = sign * fraction * 2 ** -24;
    else if (exponent === 31) widened[bits] = fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
    else widened[bits] = sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  }
  return widened;
}

/** The float16 pattern nearest to a float32 pattern; beyond 65,519.99 it is infinite. */
export function toFloat16(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const size = bits & 0x7fffffff;
  if (size > 0x7f800000) return sign | 0x7e00;
  // 65,520 and more round to infinity.
  if (size >= 0x477ff000) return sign | 0x7c00;
  // Normal float16: the exponent is moved by 112 and 13 bits of fraction are rounded away.
  if (size >= 0x38800000) return sign | ((size - 0x38000000 + 0xfff + ((size >>> 13) & 1)) >>> 13);
  // Half of the smallest float16 and less is zero.
  if (size <= 0x33000000) return sign;
  const fraction = (size & 0x7fffff) | 0x800000;
  const shift = 126 - (size >>> 23);
  const whole = fraction >>> shift;
  const rest = fraction & ((1 << shift) - 1);
  const half = 1 << (shift - 1);
  const up = rest > half || (rest === half && (whole & 1) === 1);
  return sign | (up ? whole + 1 : whole);
}

/** The bfloat16 pattern nearest to a float32 pattern. */
export function toBfloat16(bits: number): number {
  if ((bits & 0x7fffffff) > 0x7f800000) return ((bits >>> 16) | 0x40) & 0xffff;
  return ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16) & 0xffff;
}
