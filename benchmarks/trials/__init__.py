"""Trials: Citera under kills, full disks, too little memory and hostile questions."""
