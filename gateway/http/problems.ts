import {
  ArgumentsHost,
  CallHandler,
  Catch,
  ExceptionFilter,
  ExecutionContext,
  HttpException,
  NestInterceptor,
} from '@nestjs/common';
import { map, type Observable } from 'rxjs';
import { Rejection, reject } from '../../domain/kernel/rejection.js';
import { awayOf } from '../away.js';
import { type Problem, statusOf } from '../openapi/problem.js';

/** Thrown where a no cannot be returned: guards and pipes. */
export class Refused extends Error {
  constructor(readonly rejection: Rejection) {
    super(rejection.message);
  }
}

export const problemOf = ({ code, message, detail }: Rejection): Problem => ({
  type: `urn:agl:problem:${code}`,
  title: code.replaceAll('_', ' '),
  status: statusOf[code],
  detail: message,
  code,
  ...(detail.field && { field: detail.field }),
  ...(detail.retryAfterMs !== undefined && { retryAfterMs: detail.retryAfterMs }),
});

/** Turns a `Rejection` that a controller returns into the refusal that the problem filter answers. */
export class RejectionInterceptor implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      map((answer) => {
        if (answer instanceof Rejection) throw new Refused(answer);
        return answer;
      }),
    );
  }
}

export type Reply = {
  status(code: number): Reply;
  header(name: string, value: string): Reply;
  send(body: string): void;
};

/** Every error of HTTP leaves as a problem document; a bug is logged and says nothing of itself. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly onBug: (error: unknown) => void) {}

  catch(error: unknown, host: ArgumentsHost): void {
    answerProblem(host.switchToHttp().getResponse<Reply>(), this.rejectionOf(error));
  }

  private rejectionOf(error: unknown): Rejection {
    if (error instanceof Refused) return error.rejection;
    const away = awayOf(error);
    if (away) return away;
    if (error instanceof HttpException) return fromHttp(error.getStatus(), error.message);
    const status = (error as { statusCode?: unknown }).statusCode;
    if (typeof status === 'number' && status < 500) return fromHttp(status, (error as Error).message);
    this.onBug(error);
    return reject('internal', 'something went wrong in the engine');
  }
}

export function answerProblem(reply: Reply, rejection: Rejection): void {
  const { retryAfterMs } = rejection.detail;
  if (retryAfterMs !== undefined) reply.header('retry-after', String(Math.ceil(retryAfterMs / 1000)));
  reply
    .status(statusOf[rejection.code])
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify(problemOf(rejection)));
}

/** For Fastify's `frameworkErrors`: what fails before there is a route, such as a path that is no path. */
export function answerFrameworkError(
  error: { statusCode?: number; message: string },
  _request: unknown,
  reply: unknown,
): void {
  answerProblem(reply as Reply, fromHttp(error.statusCode ?? 400, error.message));
}

function fromHttp(status: number, message: string): Rejection {
  if (status === 404) return reject('not_found', message);
  if (status === 413) return reject('too_large', message);
  if (status === 401) return reject('unauthorized', message);
  if (status === 429) return reject('rate_limited', message);
  return reject('bad_frame', message);
}
