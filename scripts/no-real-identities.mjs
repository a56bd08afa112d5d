// A national id cannot enter the repository: sixteen digits in a tracked file must be synthetic (PPKK99…).
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';

const passedOver = /(^|\/)(package-lock\.json|.*\.(svg|png|ico))$/;
/** A NIK or KK with a real region: two digits of province, two of regency, and a district other than 99. */
const identity = /(?<![\d.])[1-9]\d{3}(?!99)\d{2}\d{10}(?!\d)/g;

const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
  .split('\0')
  .filter((file) => file && !passedOver.test(file) && statSync(file, { throwIfNoEntry: false })?.isFile());

const found = files.flatMap((file) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line, index) =>
      line.replaceAll(String(Number.MAX_SAFE_INTEGER), '').match(identity) ? [`${file}:${index + 1}`] : [],
    ),
);

if (found.length > 0) {
  console.error(`Sixteen digits outside the synthetic range PPKK99, in:\n  ${found.join('\n  ')}`);
  process.exit(1);
}
console.log(`No identity outside the synthetic range in ${files.length} files.`);
