import { anyScreen, type Screen } from '../screen.js';
import { bytesScreen } from './bytes/bytes.js';
import { checkpointsScreen } from './checkpoints/checkpoints.js';
import { diffScreen } from './diff/diff.js';
import { diffStateScreen } from './diff/diff-state.js';
import { filesScreen } from './files/files.js';
import { findingsScreen } from './findings/findings.js';
import { keyGroupsScreen } from './key-groups/key-groups.js';
import { keysScreen } from './keys/keys.js';
import { operatorStateScreen } from './operator-state/operator-state.js';
import { overviewScreen } from './overview/overview.js';
import { planScreen } from './plan/plan.js';
import { previewScreen, runScreen } from './run/run.js';
import { schemaScreen } from './schema/schema.js';
import { statesScreen } from './states/states.js';
import { statsScreen } from './stats/stats.js';
import { stepScreen } from './step/step.js';
import { stepsScreen } from './steps/steps.js';
import { textScreen } from './text/text.js';
import { timersScreen } from './timers/timers.js';
import { valueScreen } from './value/value.js';

/** All screens, in the order in which the palette lists them. */
export const SCREENS: readonly Screen[] = [
  anyScreen(overviewScreen),
  anyScreen(statesScreen),
  anyScreen(keyGroupsScreen),
  anyScreen(keysScreen),
  anyScreen(valueScreen),
  anyScreen(bytesScreen),
  anyScreen(operatorStateScreen),
  anyScreen(statsScreen),
  anyScreen(findingsScreen),
  anyScreen(diffScreen),
  anyScreen(diffStateScreen),
  anyScreen(timersScreen),
  anyScreen(filesScreen),
  anyScreen(checkpointsScreen),
  anyScreen(textScreen),
  anyScreen(schemaScreen),
  anyScreen(planScreen),
  anyScreen(stepScreen),
  anyScreen(stepsScreen),
  anyScreen(previewScreen),
  anyScreen(runScreen),
];
