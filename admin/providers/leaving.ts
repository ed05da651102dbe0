/** How the last session of this tab went: on purpose, or because the server no longer knew it. */
let hasLeft = false;
let hasLapsed = false;

/** Signed in, or found to be. */
export function noteArrival(): void {
  hasLeft = false;
  hasLapsed = false;
}

/** The server said that nobody is signed in. */
export function noteLapse(): void {
  hasLapsed = true;
}

/** React-admin signs out as well where the server no longer knows who this is: that is nobody's wish. */
export function noteSignOut(): void {
  if (!hasLapsed) hasLeft = true;
}

/** Whether somebody signed out here on purpose: whoever comes next is not led back to where they were. */
export function hasSignedOut(): boolean {
  return hasLeft;
}
