import { anyScreen, type Screen } from '../screen.js';
import { bytesScreen } from './bytes/bytes.js';
import { keyGroupsScreen } from './key-groups/key-groups.js';
import { keysScreen } from './keys/keys.js';
import { overviewScreen } from './overview/overview.js';
import { statesScreen } from './states/states.js';
import { valueScreen } from './value/value.js';

/** All screens, in the order in which the palette lists them. */
export const SCREENS: readonly Screen[] = [
  anyScreen(overviewScreen),
  anyScreen(statesScreen),
  anyScreen(keyGroupsScreen),
  anyScreen(keysScreen),
  anyScreen(valueScreen),
  anyScreen(bytesScreen),
];
