/** A float as Python prints it: the shortest digits that give it back, `1.0`, `1e+16`, `1e-05`, `inf`, `nan`. */
export function printFloat(value: number): string {
  if (!Number.isFinite(value)) return printNotFinite(value);
  if (Object.is(value, -0)) return "-0.0";
  const [mantissa = "", power = "0"] = value.toExponential().split("e");
  const exponent = Number(power);
  if (exponent < -4 || exponent >= 16) return `${mantissa}e${printExponent(exponent)}`;
  const plain = value.toString();
  return plain.includes(".") ? plain : `${plain}.0`;
}

/** `inf`, `-inf` or `nan`. */
export function printNotFinite(value: number): string {
  if (Number.isNaN(value)) return "nan";
  return value < 0 ? "-inf" : "inf";
}

/** A power of ten as Python writes it after `e`: a sign and two digits at least. */
export function printExponent(exponent: number): string {
  return `${exponent < 0 ? "-" : "+"}${Math.abs(exponent).toString().padStart(2, "0")}`;
}
