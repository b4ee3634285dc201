import './mantineStyles';
import { createRoot } from 'react-dom/client';
import { startLanguage } from '@/config/i18n';
import { App } from './App';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root');

void startLanguage().then(() => createRoot(root).render(<App />));
