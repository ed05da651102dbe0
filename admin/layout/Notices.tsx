import { Notification } from 'react-admin';

/** Short notices below the app bar, where they hide neither the composer nor the buttons of a dialog. */
export function Notices() {
  return <Notification anchorOrigin={{ vertical: 'top', horizontal: 'center' }} autoHideDuration={4_000} className="notices" />;
}
