export { everyEntity } from './entities';
export { KeyRotation } from './key-rotation';
