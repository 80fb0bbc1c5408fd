import './bridge/jitless.ts';
import './styles/mantine.ts';
import '@fontsource-variable/inter/wght.css';
import './styles/tokens.css';
import './styles/base.css';
import './components/parts.module.css';
import './components/fields.module.css';
import './styles/kit.css';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { startStores } from './stores/start.ts';

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(<App />);
  startStores();
}
