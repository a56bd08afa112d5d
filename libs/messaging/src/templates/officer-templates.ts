import { template } from './template';

/** What officers are told without being asked anything. */
export const officerTemplates = {
  passed_on: template({
    purpose: {
      id: 'Kepada petugas yang memegang eskalasi dan tidak lagi boleh menanganinya: peran, kantor, atau wilayahnya berubah.',
      en: 'To the officer who had an escalation and may not act on it any more: another role, office or region.',
    },
    variables: {
      subject: '7K3M-XQ94-HTRJ',
      office: 'Disdukcapil Kabupaten Kudus',
      reason: { id: 'ditandai darurat oleh petugas', en: 'flagged as urgent by an officer' },
    },
    subject: {
      id: 'Bukan tugas Anda lagi: {{subject}}',
      en: 'No longer yours: {{subject}}',
    },
    text: {
      id: 'Eskalasi {{subject}} ({{office}}) tidak lagi Anda pegang, karena peran atau kantor Anda berubah.\nAlasan eskalasi: {{reason}}\nPetugas lain sedang ditanya. Anda tidak perlu berbuat apa-apa.',
      en: 'You do not have escalation {{subject}} ({{office}}) any more, because your role or office has changed.\nReason of the escalation: {{reason}}\nSomebody else is being asked. You need do nothing.',
    },
    approved: 'sinkron_passed_on',
  }),
  no_longer_needed: template({
    purpose: {
      id: 'Kepada petugas yang memegang eskalasi atau sedang ditanya: alasannya sudah tidak ada.',
      en: 'To the officer who has an escalation or is being asked about it: its reason is gone.',
    },
    variables: {
      subject: '7K3M-XQ94-HTRJ',
      cause: { id: 'Laporannya sudah ditangguhkan.', en: 'Its ticket has been suspended.' },
    },
    subject: {
      id: 'Tidak perlu ditangani lagi: {{subject}}',
      en: 'No longer needed: {{subject}}',
    },
    text: {
      id: 'Eskalasi {{subject}} tidak menunggu Anda lagi.\nSebab: {{cause}}\nAnda tidak perlu berbuat apa-apa.',
      en: 'Escalation {{subject}} waits for you no longer.\nBecause: {{cause}}\nYou need do nothing.',
    },
    approved: 'sinkron_no_longer_needed',
  }),
  no_longer_needed_bundle: template({
    purpose: {
      id: 'Kepada petugas: beberapa eskalasi yang tidak menunggunya lagi, dalam satu pesan.',
      en: 'To the officer: several escalations that wait for them no longer, in one message.',
    },
    variables: {
      count: '3',
      subjects: '7K3M-XQ94-HTRJ, 9TQ2-M7XD-K4WP, H3RV-2YQX-8JMC',
    },
    subject: {
      id: 'Tidak perlu ditangani lagi: {{count}} eskalasi',
      en: 'No longer needed: {{count}} escalations',
    },
    text: {
      id: 'Ada {{count}} eskalasi yang tidak menunggu Anda lagi: {{subjects}}\nAnda tidak perlu berbuat apa-apa.',
      en: 'There are {{count}} escalations that wait for you no longer: {{subjects}}\nYou need do nothing.',
    },
    approved: 'sinkron_no_longer_needed_bundle',
  }),
};
