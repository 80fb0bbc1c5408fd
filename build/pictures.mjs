import { ensureDependencies } from './lib/dependencies.mjs';
import { PICTURES, specsThatDraw, takePictures } from './lib/manual/pictures.mjs';
import { giveUp } from './lib/say.mjs';
import { prepareElectron, runEndToEnd } from './lib/steps/end-to-end.mjs';
import { finish } from './lib/steps/tally.mjs';

// `npm run pictures`: the pictures of README and manual, as the window tests draw them. They are looked at before they are kept.
await ensureDependencies();
const specs = [...new Set(Object.values(PICTURES).flatMap(specsThatDraw))];
const outcome = await runEndToEnd(await prepareElectron(), specs, { HUSHCAL_PICTURES: '1' });
const missing = takePictures();
if (missing.length > 0) giveUp(`Nothing drew ${missing.join(', ')}.`);
finish([outcome]);
