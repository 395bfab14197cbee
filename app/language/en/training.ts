/** English words of trainings on a host. */
export const training = {
  phases: {
    prepared: 'Being sent',
    pending: 'Waits on the host',
    running: 'Running',
    finished: 'Finished',
    stopped: 'Stopped, can go on',
    failed: 'Failed',
    lost: 'Lost by the host',
  },
  phaseDetails: {
    prepared: 'The package is being sent. It is submitted once, under its own number.',
    pending: 'The host has taken it and makes ready for it.',
    running: 'It goes on when this program is closed.',
    finished: 'The adapter is trained.',
    stopped: 'It can go on from its last checkpoint.',
    failed: 'Mend what is told below, then go on from the last checkpoint.',
    lost: 'The host does not know this job any more: its cluster was started again, or somebody deleted the job. Nothing was submitted again. Go on from the last checkpoint when the host is ready.',
  },
  troubles: {
    unreachable: 'The host cannot be reached. Check the network; it is tried again by itself.',
    'host-key-wrong':
      'The host shows another key than the one that was pinned. Nothing was sent. Ask who runs the host before you pin a new one.',
    'certificate-wrong':
      'The server shows another certificate than it should. Nothing was sent. Ask who runs the host before you change it.',
    'ssh-refused': 'The host refused the sign-in. Check the user and that the key is allowed there.',
    'key-unreadable': 'The private key or its passphrase cannot be used. Enter them again.',
    'agent-missing': 'No SSH agent answers on this machine. Start it, or keep a key here.',
    'tunnel-refused':
      'The host lets nothing through to Ray. Check the port, and that forwarding is allowed there.',
    'token-refused': 'Ray refused the token. Enter the one that the cluster was started with.',
    'authentication-disabled':
      'Ray on this host asks nobody for a token: whoever reaches it can run anything on it. It is not used. Start it with RAY_AUTH_MODE=token.',
    'not-ray': 'What answers there is not Ray’s dashboard. Check the address and the port.',
    'ray-too-old': 'Ray on this host is older than 2.52 and knows no tokens. Install 2.60.',
    'answer-unreadable': 'The host’s answer could not be read. Nothing of it was used.',
    'answer-too-long': 'The host’s answer had no end. It was cut off and not used.',
    'package-not-taken': 'The host did not take the package yet. It is tried again by itself.',
    'cluster-starting': 'Ray on the host is still starting. It is tried again by itself.',
    'no-file-access': 'The host gives no access to files (SFTP), so that nothing can be fetched from it.',
    'trial-not-started': 'Ray could not be started on this machine. Check the path of the trainer’s Python.',
    'check-not-told':
      'The host’s own check told nothing that could be read. Is the trainer’s environment set up there?',
    'disk-full': 'The disk of this machine is full. Make room; it then goes on by itself.',
    'record-unwritable': 'This ward’s record takes nothing. It goes on when the record does.',
    'package-missing':
      'The package is gone from this machine’s folder. Stop this training and begin a new one.',
    internal: 'The program made a mistake here. It is tried again; tell biomedical IT if it stays so.',
  },
  refusals: {
    missing: 'A file is missing on the host.',
    link: 'A file on the host is a link or no file. Links are not followed.',
    name: 'A file’s name would lead out of its folder, or stands there twice.',
    oversized: 'A file is larger than was told.',
    truncated: 'A file is shorter than was told.',
    altered: 'A file is not what the training wrote: its hash differs.',
    foreign: 'It belongs to another training.',
    unreadable: 'The manifest cannot be read.',
    'no-space': 'The disk of this machine has no room for it. Make room and fetch it again.',
  },
  failures: {
    configuration: 'The configuration was refused',
    'data-set': 'The data set was refused',
    identifier: 'An identifier was found in the data set',
    base: 'The base model could not be used',
    memory: 'The host’s memory did not suffice',
    disk: 'The host’s disk is full',
    artefact: 'The adapter could not be written',
    internal: 'The trainer failed',
    refused: 'The cluster refused it',
    'no-result': 'It ended without a result',
  },
};
