module.exports = {
  createApartDoor: () => {
    throw new Error('later');
  },
};
