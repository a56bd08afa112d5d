export { ageOn, parseDate, todayInIndonesia } from './dates';
export { type Finding, type FindingCode } from './finding';
export { type KkJudgement, judgeKk } from './kk';
export { maskName, maskNumber, maskPhone, maskText } from './mask';
export { type NameJudgement, judgeName } from './names';
export { type NikReading, type ReadNik, type Sex, compareNik, parseNik } from './nik';
export { type PhoneReading, normalisePhone } from './phone';
export { type Zone, regencyCodes, regionName, zoneOf } from './regions';
export { type SyntheticPerson, isSynthetic, syntheticKk, syntheticNik, syntheticPeople } from './synthetic';
