/** Something the person at the keyboard can mend: its message is one clear sentence, shown without a stack. */
export class StartFault extends Error {
  override name = 'StartFault';
}
