// The rules of a category's name.
import { checkLine, limitsOf } from '@/components/form/rules';

export const addRules = {
  name: (text: string) => checkLine(text, limitsOf('CreateCategoryRequest', 'name')),
};

export const renameRules = {
  name: (text: string) => checkLine(text, limitsOf('UpdateCategoryRequest', 'name')),
};
