/** A number to be written by FORMAT: an INT64, a FLOAT64, or a NUMERIC in billionths. */
export type Formatted = bigint | number | { readonly billionths: bigint };

const specifier = /^%(?<flags>[-+ #0']*)(?<width>\d*)(?:\.(?<precision>\d*))?(?<kind>[diouxXeEfFgG])$/u;

/** A number as FORMAT's specifier `%[flags][width][.precision]kind` writes it. */
export function formatNumber(spec: string, value: Formatted): string {
  const { flags = "", width = "", precision, kind = "" } = specifier.exec(spec)?.groups ?? {};
  if (kind === "") throw new Error(`Not a format specifier: ${spec}`);
  const { sign, digits, isSpecial } = digitsOf(value, {
    kind,
    flags,
    precision: precision === undefined ? undefined : Number(precision),
  });
  const grouped =
    flags.includes("'") && !isSpecial && /[diufFgG]/u.test(kind)
      ? digits.replace(/^\d+/u, (whole) => whole.replaceAll(/\B(?=(?:\d{3})+$)/gu, ","))
      : digits;
  const shownSign = sign === "-" ? "-" : flags.includes("+") && kind !== "u" ? "+" : flags.includes(" ") ? " " : "";
  const space = Number(width) - shownSign.length - grouped.length;
  if (flags.includes("-")) return (shownSign + grouped).padEnd(Number(width));
  if (flags.includes("0") && !isSpecial && space > 0) return shownSign + "0".repeat(space) + grouped;
  return (shownSign + grouped).padStart(Number(width));
}

interface Spec {
  readonly kind: string;
  readonly flags: string;
  readonly precision: number | undefined;
}

interface Digits {
  readonly sign: "-" | "";
  readonly digits: string;
  readonly isSpecial: boolean;
}

function digitsOf(value: Formatted, spec: Spec): Digits {
  if (typeof value === "bigint") return integerDigits(value, spec);
  return typeof value === "number" ? floatDigits(value, spec) : numericDigits(value.billionths, spec);
}

function integerDigits(value: bigint, { kind, flags, precision }: Spec): Digits {
  const base = kind === "o" ? 8 : /x/iu.test(kind) ? 16 : 10;
  const plain = (value < 0n ? -value : value).toString(base).padStart(precision ?? 0, "0");
  const prefix = !flags.includes("#") || value === 0n ? "" : base === 16 ? "0x" : base === 8 ? "0" : "";
  const digits = prefix + plain;
  return { sign: value < 0n ? "-" : "", digits: kind === "X" ? digits.toUpperCase() : digits, isSpecial: false };
}

function floatDigits(value: number, spec: Spec): Digits {
  const sign = value < 0 ? "-" : "";
  const upper = /[EFG]/u.test(spec.kind);
  if (!Number.isFinite(value)) {
    const digits = Number.isNaN(value) ? "nan" : "inf";
    return { sign: Number.isNaN(value) ? "" : sign, digits: upper ? digits.toUpperCase() : digits, isSpecial: true };
  }
  const digits = writeFloat(Math.abs(value), spec);
  return { sign, digits: upper ? digits.toUpperCase() : digits, isSpecial: false };
}

function writeFloat(value: number, { kind, flags, precision = 6 }: Spec): string {
  const exponential = (digits: number): string => value.toExponential(digits).replace(/e([+-])(\d)$/u, "e$10$2");
  switch (kind.toLowerCase()) {
    case "e":
      return exponential(precision);
    case "f":
      return fixed(value, precision);
    default: {
      const digits = precision === 0 ? 1 : precision;
      const exponent = value === 0 ? 0 : Number(value.toExponential(digits - 1).split("e")[1]);
      const text = exponent < -4 || exponent >= digits ? exponential(digits - 1) : fixed(value, digits - 1 - exponent);
      return flags.includes("#") || !text.includes(".") ? text : text.replace(/\.?0+(?=e|$)/u, "");
    }
  }
}

/** The decimal digits of a FLOAT64, rounded half to even where it lies exactly between. */
function fixed(value: number, digits: number): string {
  const exact = exactDigits(value);
  const point = exact.indexOf(".");
  const fraction = exact.slice(point + 1);
  const rest = fraction.slice(digits);
  const kept = BigInt(exact.slice(0, point) + fraction.slice(0, digits).padEnd(digits, "0"));
  const isTie = /^50*$/u.test(rest);
  const isUp = rest >= "5" && (!isTie || kept % 2n === 1n);
  const rounded = String(kept + (isUp ? 1n : 0n)).padStart(digits + 1, "0");
  return digits === 0 ? rounded : `${rounded.slice(0, -digits)}.${rounded.slice(-digits)}`;
}

/** All digits of a FLOAT64's value, which is a whole number over a power of two. */
function exactDigits(value: number): string {
  let numerator = value;
  let shift = 0;
  while (!Number.isInteger(numerator)) {
    numerator *= 2;
    shift++;
  }
  const scaled = (BigInt(numerator) * 5n ** BigInt(shift)).toString().padStart(shift + 1, "0");
  return shift === 0 ? `${scaled}.` : `${scaled.slice(0, -shift)}.${scaled.slice(-shift)}`;
}

function numericDigits(billionths: bigint, spec: Spec): Digits {
  if (!/[fF]/u.test(spec.kind)) throw new Error(`The format specifier %${spec.kind} is not supported for NUMERIC.`);
  const precision = spec.precision ?? 6;
  const absolute = billionths < 0n ? -billionths : billionths;
  const unit = 10n ** BigInt(Math.max(0, 9 - precision));
  const rounded = (absolute + unit / 2n) / unit;
  const text = String(precision > 9 ? rounded * 10n ** BigInt(precision - 9) : rounded).padStart(precision + 1, "0");
  const digits = precision === 0 ? text : `${text.slice(0, -precision)}.${text.slice(-precision)}`;
  return { sign: billionths < 0n ? "-" : "", digits, isSpecial: false };
}
