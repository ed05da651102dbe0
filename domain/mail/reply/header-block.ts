import { type HeaderField, fieldsInRow, labelled } from './header-labels.ts';
import { type Line, isBlank, ruleText } from './lines.ts';

/** Rows of a whole header, blanks included. */
const MAX_ROWS = 24;

interface Block {
  fields: Set<HeaderField>;
  values: string[];
  end: number;
}

/**
 * The header block of a quoted mail (Von, Gesendet, An, Betreff in any order) that starts at `start`: its number of rows, or 0.
 * At least three kinds of labels are asked for on neighbouring rows, two under a drawn line: one alone is the writer's own text.
 */
export function headerBlockRows(lines: Line[], start: number, isAfterRule: boolean): number {
  const first = labelled(ruleText(lines[start]!));
  if (first === null) return 0;
  const inRow = fieldsInRow(ruleText(lines[start]!));
  const block = readBlock(lines, start);
  const fields = new Set([...inRow, ...block.fields]);
  const least = isAfterRule || lines[start]!.isAfterRule === true ? 2 : 3;
  if (fields.size < least || !fields.has('from') && !(fields.has('date') && fields.has('to') && fields.has('subject'))) return 0;
  return isMailHeader(fields, block.values.join('\n')) ? block.end - start : 0;
}

const NOTHING: Block = { fields: new Set(), values: [], end: 0 };

function readBlock(lines: Line[], start: number): Block {
  const first = labelled(ruleText(lines[start]!))?.field;
  const block: Block = { fields: new Set(), values: [], end: start };
  let last: HeaderField | null = null;
  let rows = 0;
  let gaps = 0;
  for (let i = start; i < lines.length && i < start + MAX_ROWS && lines[i]!.depth === lines[start]!.depth; i++) {
    const isAfterGap = i > start && isBlank(lines[i - 1]!);
    if (isBlank(lines[i]!)) {
      // Some programs leave a gap after each label, then after every one.
      if (isAfterGap || gaps < rows - 1) break;
      gaps += 1;
      continue;
    }
    const text = ruleText(lines[i]!);
    const label = labelled(text);
    if (label === null && (isAfterGap || !isWrapped(lines, i, last))) break;
    if (label !== null) {
      if (gaps > 0 && !isAfterGap) return NOTHING;
      // The same label twice: the first one was the writer's own line above the header, or the text below has begun.
      if (block.fields.has(label.field) && label.field !== 'other' && label.field !== 'cc') return label.field === first ? NOTHING : block;
      rows += 1;
      last = label.field;
      block.fields.add(label.field);
    }
    block.values.push(label?.value ?? text);
    block.end = i + 1;
  }
  return block;
}

// A value goes on below: an address, an indented row, or a row with another label right under it.
function isWrapped(lines: Line[], at: number, last: HeaderField | null): boolean {
  const { text } = lines[at]!;
  if (text.length > 200) return false;
  if (text.includes('@') || text.startsWith(' ') && text.trim() !== '') return last !== 'subject' || labelBelow(lines, at);
  return (last === 'subject' || last === 'to' || last === 'cc') && labelBelow(lines, at);
}

function labelBelow(lines: Line[], at: number): boolean {
  const below = lines[at + 1];
  return below !== undefined && labelled(ruleText(below)) !== null;
}

function isMailHeader(fields: Set<HeaderField>, values: string): boolean {
  if (values.includes('@')) return true;
  const hasMoment = /\b(?:19|20)\d{2}\b|\d{1,2}[.:]\d{2}\b/.test(values);
  return hasMoment ? fields.has('subject') || fields.has('to') : fields.has('from') && fields.has('subject') && (fields.has('to') || fields.has('date'));
}
