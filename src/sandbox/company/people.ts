import { drawLowerId } from '../draw.js';

/** Somebody of the seeded company. `id` is the user id at Vidbeo. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly login: string;
  readonly team: Team;
  readonly left: boolean;
}

export type Team =
  | 'team-commerce'
  | 'team-mobile'
  | 'team-content'
  | 'team-data'
  | 'team-platform'
  | 'team-xr';

const STAFF = {
  'team-commerce': ['Marta Lindqvist', 'Tomás Ferreira', 'Aiko Brandt', 'Jonas Weil', 'Priya Raman'],
  'team-mobile': ['Ines Okafor', 'Luca Bianchi', 'Sanna Virtanen', 'Dele Adeyemi'],
  'team-content': ['Clara Dubois', 'Henrik Moe', 'Zeynep Aydin', 'Oskar Nilsen', 'Beatriz Luna'],
  'team-data': ['Wanjiru Kamau', 'Pavel Novák', 'Grace Whitfield', 'Amir Haddad'],
  'team-platform': ['Rhea Castellanos', 'Bram de Wit', 'Yuki Tanabe', 'Nadia Petrova', 'Elliot Marsh'],
  'team-xr': ['Søren Dahl', 'Mei-Ling Zhou', 'Kofi Mensah', 'Ada Kowalczyk'],
} satisfies Record<Team, readonly string[]>;

/** People who left the company; some of their keys stayed. */
const LEFT: ReadonlySet<string> = new Set(['Jonas Weil', 'Dele Adeyemi', 'Oskar Nilsen', 'Elliot Marsh']);

export const TEAMS = [
  'team-commerce',
  'team-mobile',
  'team-content',
  'team-data',
  'team-platform',
  'team-xr',
] as const satisfies readonly Team[];

const loginOf = (name: string): string =>
  name
    .normalize('NFD')
    .replaceAll(/[^A-Za-z -]/gu, '')
    .toLowerCase()
    .replaceAll(' ', '-');

function personOf(name: string, team: Team): Person {
  const login = loginOf(name);
  const email = `${login.replaceAll('-', '.')}@fjordlight.example`;
  return { id: drawLowerId(`person ${name}`), name, email, login, team, left: LEFT.has(name) };
}

export const PEOPLE: readonly Person[] = TEAMS.flatMap((team) =>
  STAFF[team].map((name) => personOf(name, team)),
);

/** The people of a team who are still here. */
export const peopleOf = (team: Team): readonly Person[] =>
  PEOPLE.filter((person) => person.team === team && !person.left);

export const PEOPLE_WHO_LEFT: readonly Person[] = PEOPLE.filter((person) => person.left);

/** What the demo's configuration lists as `roster.users`. */
export const ROSTER: readonly string[] = PEOPLE.filter((person) => !person.left).map((person) => person.id);
