// Requests about categories that only admins make.
import { api } from '@/api/api';
import type { Category, CategoryList, UpdateCategoryRequest } from '@/api/types';

export const categoriesApi = api.injectEndpoints({
  endpoints: (build) => ({
    /** Also the retired ones. */
    listAllCategories: build.query<CategoryList, void>({
      query: () => ({ url: '/categories' }),
      providesTags: ['Categories'],
    }),

    addCategory: build.mutation<Category, string>({
      query: (name) => ({ url: '/categories', method: 'POST', body: { name } }),
      invalidatesTags: ['Categories'],
    }),

    /** Renames it, retires it or brings it back. */
    updateCategory: build.mutation<Category, { id: number; request: Omit<UpdateCategoryRequest, 'position'> }>({
      query: ({ id, request }) => ({ url: `/categories/${id}`, method: 'PATCH', body: request }),
      // Also after a refusal: another admin may have been here.
      invalidatesTags: ['Categories'],
    }),

    /** Puts it in another place. Whoever moves asks for the list afresh after the last of several moves. */
    moveCategory: build.mutation<Category, Move>({
      query: ({ id, position }) => ({ url: `/categories/${id}`, method: 'PATCH', body: { position } }),
    }),
  }),
});

/** The place in the whole list, from 1. */
export interface Move {
  id: number;
  position: number;
}

export const {
  useListAllCategoriesQuery,
  useAddCategoryMutation,
  useUpdateCategoryMutation,
  useMoveCategoryMutation,
} = categoriesApi;
