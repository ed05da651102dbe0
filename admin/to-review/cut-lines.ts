/** Lines of a mail, each marked whether it will be left out of the message; empty lines follow their neighbour. */
export function markCut(original: string, visible: string): { text: string; isCut: boolean }[] {
  const kept = visible.split('\n').map((line) => line.trim()).filter(Boolean);
  let next = 0;
  let isCutNow = false;
  return original.replaceAll('\r\n', '\n').split('\n').map((text) => {
    const line = text.trim();
    if (line === '') return { text, isCut: isCutNow };
    isCutNow = kept[next] !== line;
    if (!isCutNow) next += 1;
    return { text, isCut: isCutNow };
  });
}
