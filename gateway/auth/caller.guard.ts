import { CanActivate, ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Rejection } from '../../domain/kernel/rejection.js';
import { Refused } from '../http/problems.js';
import { AUTHENTICATION } from '../tokens.js';
import type { Authentication, Headers } from './authenticate.js';

/** Lets in whoever is somebody; what they may reach is decided where it is known whose it is. */
@Injectable()
export class CallerGuard implements CanActivate {
  constructor(@Inject(AUTHENTICATION) private readonly authentication: Authentication) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<{ headers: Headers; caller?: unknown }>();
    const caller = await this.authentication.caller(request.headers);
    if (caller instanceof Rejection) throw new Refused(caller);
    request.caller = caller;
    return true;
  }
}
