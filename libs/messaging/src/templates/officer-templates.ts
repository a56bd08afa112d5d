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
};
