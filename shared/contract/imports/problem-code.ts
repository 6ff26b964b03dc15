import * as z from 'zod/mini';
import { type ProblemCode, problemCodes } from '#domain/problem.ts';

/** Why a row or a member of it was refused or left out. */
export const problemCode = z.string().check(z.describe(`One of ${Object.keys(problemCodes).join(', ')}`));

/** Whether a text is such a code. */
export const isProblemCode = (text: string): text is ProblemCode => Object.hasOwn(problemCodes, text);
