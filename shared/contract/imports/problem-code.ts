import * as z from 'zod/mini';
import { problemCodes } from '#domain/problem.ts';

/** Why a row or a member of it was refused or left out. */
export const problemCode = z.string().check(z.describe(`One of ${Object.keys(problemCodes).join(', ')}`));
