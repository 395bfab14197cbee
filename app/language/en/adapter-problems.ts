/** Why an adapter is not taken in, and why a step with one cannot be: what is wrong, and what helps. */

/** `file` stands in front of most of them. */
export const ADAPTER_FILE_PROBLEMS: Record<string, string> = {
  'no-model':
    'The model is still being read, or there is none: what fits it cannot be said yet. Try again when explanations are written.',
  'no-manifest': 'The folder holds no manifest of an adapter. Choose the folder that the trainer wrote.',
  'bad-manifest': 'The manifest is not one that this program’s trainer writes. Fetch the adapter again.',
  'bad-name':
    'The manifest names a file outside its folder. Do not use this adapter; tell who gave it to you.',
  'missing-file': 'A file that the manifest lists is not there. Fetch the adapter again.',
  'no-plain-file': 'This is a link or a folder and no file. Copy the files themselves.',
  'too-large': 'The file is larger than any adapter that this program loads.',
  truncated: 'The file ends too early: it was not copied whole. Fetch the adapter again.',
  altered:
    'The file is not what the manifest says it is: it was changed or damaged. Fetch the adapter again.',
  'not-gguf': 'The file is no GGUF file.',
  malformed: 'The file contradicts itself and is not loaded.',
  'not-an-adapter': 'The file is no LoRA adapter.',
  'foreign-architecture': 'The adapter was made for another kind of model.',
  'no-alpha':
    'The adapter does not say how strongly it counts (alpha). Convert it again with this program’s trainer.',
  'foreign-tensor':
    'The adapter changes parts that this model does not have, or in a form that is not loaded.',
  'wrong-shape': 'The adapter’s matrices do not fit this model.',
  'wrong-size': 'There is more in the file than the adapter.',
  'other-base': 'The adapter was trained on another model than the one in use here.',
  'bad-release': 'The signatures beside the adapter cannot be read or are not complete.',
  'unknown-key': 'It is signed with a key that nobody here trusts. Ask whose it is before you trust it.',
  'wrong-role': 'A key signed in a role that is not its own.',
  'retired-key': 'It is signed with a key that was given up before.',
  'bad-signature': 'A signature is wrong: the release was changed after it was signed.',
  'same-signer': 'One person signed in both roles. Two people must.',
  downgrade: 'This release is older than one that was in use here. Step back instead, or sign it anew.',
  'other-adapter': 'The release belongs to another adapter.',
  unreadable: 'The folder cannot be read.',
};

export const ADAPTER_REASONS: Record<string, string> = {
  'no-exchange': 'There is no place of exchange yet. Name one on the Models page first.',
  'adapter-unknown': 'This adapter is not here any more.',
  'adapter-known': 'This adapter is here already.',
  'gates-not-passed': 'It has not passed its gates.',
  'report-changed': 'There is a newer report than the one you have read. Read it, then decide.',
  'statement-changed': 'What the other one signed is not this. Run the gates again.',
  'signed-already': 'This role has signed already.',
  'same-signer': 'You have signed in the other role. A second person must sign in this one.',
  'role-not-yours': 'This role is not yours: a doctor in charge signs clinically, biomedical IT technically.',
  'not-signed': 'A clinical and a technical signer must sign it first.',
  'not-a-candidate': 'It is not a candidate: it passes its gates and is signed first.',
  'trial-under-way': 'Another adapter is on trial. End that first.',
  'not-on-trial': 'It must write at chosen beds first.',
  'too-little-exposure': 'It has not yet written as much, or for as long, as the ward’s rule asks.',
  'in-use': 'It is at the bed or on its way there. Step back first.',
  'no-step-back': 'There is nothing to step back from.',
  'bad-release': 'Its signatures do not count any more. Run the gates again and sign it anew.',
  downgrade: 'It is older than an adapter that was in use here. Run the gates again and sign it anew.',
  withdrawn: 'It was withdrawn.',
};
