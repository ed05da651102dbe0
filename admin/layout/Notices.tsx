import { useMediaQuery } from '@mui/material';
import { Notification } from 'react-admin';

/** Short notices where they hide nothing that is read or pressed: under the menu, on a phone below the app bar. */
export function Notices() {
  const isPhone = useMediaQuery('(max-width: 899.95px)');
  return <Notification anchorOrigin={isPhone ? { vertical: 'top', horizontal: 'center' } : { vertical: 'bottom', horizontal: 'left' }} autoHideDuration={4_000} className="notices" />;
}
