import './bridge/jitless.ts';
import './styles/mantine.ts';
import '@fontsource-variable/inter/wght.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/shell.css';
import './styles/parts.css';
import './styles/consequences.css';
import './styles/choose.css';
import './styles/decide.css';
import './styles/review.css';
import './styles/calendar.css';
import './styles/tour.css';
import './styles/run.css';
import './styles/lists.css';
import './styles/batch.css';
import './styles/migrate.css';
import './styles/cleanup.css';
import './styles/find.css';
import './styles/event.css';
import './styles/narrow.css';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { startStores } from './stores/start.ts';

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(<App />);
  startStores();
}
