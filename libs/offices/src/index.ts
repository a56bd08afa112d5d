export {
  holidayInput,
  type HolidayInput,
  holidayName,
  holidayQuery,
  type HolidayQuery,
} from './calendar/holiday-schemas';
export { closedDays, holidaysBetween, isoDay, removeHoliday, setHoliday } from './calendar/closed-days';
export { calendarDay, timeOfDay } from './calendar/time-fields';
export { isWorkingTime, quietUntil } from './calendar/working-time';
export { officeForTickets, officeInScope, overseers, reachable } from './office-visibility';
export {
  findOffice,
  lockOffices,
  officeInputOf,
  officeView,
  type OfficeView,
  writeOffices,
  type WrittenOffice,
} from './office-records';
export {
  beginClosing,
  type ClosingOffice,
  endClosing,
  handlingOffice,
  type MovedPiece,
  officesBelow,
  officesToSuccessor,
} from './closing';
export { OfficeDirectory } from './office-directory';
export {
  GivenOffices,
  officeClosed,
  officeErrors,
  officeUnknown,
  parentOutOfScope,
  placeErrors,
  successorErrors,
} from './office-tree-rules';
export {
  officeChanges,
  type OfficeChanges,
  officeClosing,
  type OfficeClosing,
  officeCode,
  officeInput,
  type OfficeInput,
} from './office-schemas';
export { OfficeTree } from './office-tree';
export { Office, type OfficeLevel, officeLevels, zones } from './office';
export { rightsAge } from './rights-age';
export { Scope } from './scope';
export { type QuietTime, quietTime, type WeeklyHours, weeklyHours } from './calendar/opening-hours';
export { officeEntities, OfficesModule } from './offices.module';
