"""Admin commands, reports and alerts."""
