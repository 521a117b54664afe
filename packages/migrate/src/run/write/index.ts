export { assembleMetadata } from './assemble-metadata.js';
export { runTask } from './run-task.js';
export { writeTasks } from './write-tasks.js';
