/* Stands for a module that the bundled program never uses. */
export default {};
