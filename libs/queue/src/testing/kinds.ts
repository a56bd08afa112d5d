import { WorkKinds } from '../work-kinds';

/** Kinds of work as libs above declare them: two that ask the centre, and two that do not. */
export function someKinds(): WorkKinds {
  const kinds = new WorkKinds();
  kinds.declare([
    { name: 'push', asksCentre: true },
    { name: 'verify', asksCentre: true },
    { name: 'deadline', asksCentre: false },
    { name: 'delivery', asksCentre: false },
    { name: 'webhook', asksCentre: false, mayHang: true },
  ]);
  return kinds;
}
