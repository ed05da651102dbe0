import { type HeaderField, fieldsInRow, labelled } from './header-labels.ts';
import { type Line, isBlank, ruleText } from './lines.ts';

/** Rows that one value may wrap over. */
const MAX_WRAPPED = 3;
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

function readBlock(lines: Line[], start: number): Block {
  const { depth } = lines[start]!;
  const fields = new Set<HeaderField>();
  const values: string[] = [];
  let end = start;
  let wrapped = 0;
  let blanks = 0;
  for (let i = start; i < lines.length && i < start + MAX_ROWS; i++) {
    const line = lines[i]!;
    if (isBlank(line)) {
      blanks += 1;
      if (blanks > 1) break;
      continue;
    }
    if (line.depth !== depth) break;
    const text = ruleText(line);
    const label = labelled(text);
    // A label that is there already belongs to the text below or to the next header.
    if (label !== null && fields.has(label.field) && label.field !== 'other' && label.field !== 'cc') break;
    if (label === null && (blanks > 0 || wrapped >= MAX_WRAPPED || !isContinuation(text, fields))) break;
    blanks = 0;
    wrapped = label === null ? wrapped + 1 : 0;
    if (label !== null) fields.add(label.field);
    values.push(label === null ? text : label.value);
    end = i + 1;
  }
  return { fields, values, end };
}

// A subject is the last label as a rule: what follows it directly is the mail's text unless more labels come.
function isContinuation(text: string, fields: Set<HeaderField>): boolean {
  if (fields.size >= 4 && !text.includes('@')) return false;
  return text.length <= 200;
}

function isMailHeader(fields: Set<HeaderField>, values: string): boolean {
  if (values.includes('@')) return true;
  const hasMoment = /\b(?:19|20)\d{2}\b|\d{1,2}[.:]\d{2}\b/.test(values);
  return hasMoment ? fields.has('subject') || fields.has('to') : fields.has('from') && fields.has('subject') && (fields.has('to') || fields.has('date'));
}
