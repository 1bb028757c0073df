"""Stress tests: kills, full disks, too little memory, hostile questions."""
