// The categories in the order that the reader has given them, before the server has answered.
import type { ThunkDispatch, UnknownAction } from '@reduxjs/toolkit';
import { useRef, useState } from 'react';
import { useDispatch } from 'react-redux';
import { api } from '@/api/api';
import type { Category } from '@/api/types';
import { categoriesApi, type Move, useMoveCategoryMutation } from './categoriesApi';
import { moveQueue, type MoveQueue } from './moveQueue';
import { type Direction, moved, moveOf } from './order';

export function useOrder(items: readonly Category[]) {
  const dispatch = useDispatch<ThunkDispatch<unknown, unknown, UnknownAction>>();
  const [moveCategory] = useMoveCategoryMutation();
  /** The new order, until the list itself has it. */
  const [wanted, setWanted] = useState<readonly Category[] | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const queue = useRef<MoveQueue | null>(null);
  const moves = useRef(0);

  const send = async (move: Move) => (await moveCategory(move)).error ?? null;
  const end = async (failed: unknown) => {
    setFailure(failed);
    const before = moves.current;
    // The forms that offer categories have lists of their own.
    dispatch(api.util.invalidateTags(['Categories']));
    await dispatch(categoriesApi.endpoints.listAllCategories.initiate(undefined, { subscribe: false, forceRefetch: true }));
    // Who has moved on meanwhile sees that.
    if (moves.current === before) setWanted(null);
  };

  const shown = wanted ?? items;
  const move = (id: number, direction: Direction): readonly Category[] | null => {
    const step = moveOf(shown, id, direction);
    if (!step) return null;
    const next = moved(shown, step);
    moves.current += 1;
    setFailure(null);
    setWanted(next);
    queue.current ??= moveQueue(send, (failed) => void end(failed));
    queue.current.push(step);
    return next;
  };
  return { shown, move, failure };
}
