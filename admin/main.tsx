import { createRoot } from 'react-dom/client';
import { Portal } from './Portal.tsx';
import { createI18n } from './providers/i18n.ts';
import './theme/base.css';
import './layout/layout.css';

const place = document.getElementById('root');
if (place) createRoot(place).render(<Portal i18n={await createI18n()} />);
