import { anyScreen, type Screen } from '../screen.js';
import { overviewScreen } from './overview/overview.js';
import { statesScreen } from './states/states.js';

/** All screens, in the order in which the palette lists them. */
export const SCREENS: readonly Screen[] = [anyScreen(overviewScreen), anyScreen(statesScreen)];
