export { everyEntity } from './entities';
export { KeyRotation } from './key-rotation';
export { PrivacyModule } from './privacy.module';
export { Retention } from './retention';
