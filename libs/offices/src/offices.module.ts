import { Module } from '@nestjs/common';
import { Holiday } from './calendar/holiday';
import { Office } from './office';
import { OfficeDirectory } from './office-directory';
import { TreeVersion } from './tree-version';

/** The tables of this lib, for the data source of a process. */
export const officeEntities = [Office, Holiday, TreeVersion];

/** The tree of offices, and when they are open. */
@Module({ providers: [OfficeDirectory], exports: [OfficeDirectory] })
export class OfficesModule {}
