import { createRoot } from 'react-dom/client';
import { createBrowserRouter, RouterProvider } from 'react-router-dom';
import { App } from './App.tsx';
import { createI18n } from './providers/i18n.ts';
import './theme/base.css';
import './layout/layout.css';

const place = document.getElementById('root');
if (place) {
  const i18n = await createI18n();
  const router = createBrowserRouter([{ path: '*', element: <App i18n={i18n} /> }]);
  createRoot(place).render(<RouterProvider router={router} />);
}
