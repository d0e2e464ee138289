export { type Chance, seeded } from './random.js';
export { type Play, randomPlay } from './random-play.js';
export { type Simulation, simulate } from './simulate.js';
