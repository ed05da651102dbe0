const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const COMMA = 0x2c;
const CLOSERS: Readonly<Record<number, number>> = { 0x7b: 0x7d, 0x5b: 0x5d };
const OBJECT_END = 0x7d;
const SPACES = new Set([0x20, 0x09, 0x0a, 0x0d]);
const DEEPEST = 100;
const LONGEST_CAPTURE = 1000;

/**
 * Reads one text field of the outermost object of a JSON document that flows by, without holding the document.
 * Strings and brackets are followed, the grammar between them is not: whoever parses the document later checks that.
 */
export class JsonWatch {
  readonly #wanted: string;
  readonly #open: number[] = [];
  #isInString = false;
  #isEscaped = false;
  #isBroken = false;
  #hasBegun = false;
  #isKeyNext = true;
  #key: string | null = null;
  #captured: number[] | null = null;
  #value: string | null = null;

  constructor(wanted: string) {
    this.#wanted = wanted;
  }

  write(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length && !this.#isBroken; at += 1) {
      const byte = chunk[at] ?? 0;
      if (this.#isInString) this.#inString(byte);
      else this.#outside(byte);
    }
  }

  /** Whether one whole object went by, and its field's text; null where the field is missing or no short text. */
  end(): { readonly isWhole: boolean; readonly value: string | null } {
    const isWhole = this.#hasBegun && !this.#isBroken && !this.#isInString && this.#open.length === 0;
    return { isWhole, value: isWhole ? this.#value : null };
  }

  #inString(byte: number): void {
    if (!this.#isEscaped && byte === QUOTE) {
      this.#isInString = false;
      this.#endString();
      return;
    }
    this.#isEscaped = !this.#isEscaped && byte === BACKSLASH;
    if (this.#captured && this.#captured.length <= LONGEST_CAPTURE) this.#captured.push(byte);
  }

  #outside(byte: number): void {
    if (SPACES.has(byte)) return;
    const depth = this.#open.length;
    const closer = CLOSERS[byte];
    if (depth === 0 && (this.#hasBegun || closer !== OBJECT_END)) this.#isBroken = true;
    else if (byte === QUOTE) this.#beginString();
    else if (closer !== undefined) this.#beginPart(closer);
    else if (byte === 0x7d || byte === 0x5d) this.#isBroken = this.#open.pop() !== byte;
    else if (depth === 1 && byte === COLON) this.#isKeyNext = false;
    else if (depth === 1 && byte === COMMA) this.#isKeyNext = true;
  }

  #beginPart(closer: number): void {
    this.#hasBegun = true;
    this.#open.push(closer);
    if (this.#open.length > DEEPEST) this.#isBroken = true;
  }

  #beginString(): void {
    this.#isInString = true;
    const isOfInterest = this.#open.length === 1 && (this.#isKeyNext || this.#key === this.#wanted);
    this.#captured = isOfInterest ? [] : null;
  }

  #endString(): void {
    if (!this.#captured) return;
    const text = textOf(this.#captured);
    this.#captured = null;
    if (this.#isKeyNext) this.#key = text;
    else this.#value = text;
  }
}

function textOf(captured: readonly number[]): string | null {
  if (captured.length > LONGEST_CAPTURE) return null;
  try {
    const text = JSON.parse(`"${Buffer.from(captured).toString('utf8')}"`) as string;
    // The database takes no zero characters, and an id has none.
    return text.includes('\u0000') ? null : text;
  } catch {
    return null;
  }
}
