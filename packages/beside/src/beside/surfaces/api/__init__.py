"""The OpenAI-compatible endpoint: any chat app or test harness can talk with Beside."""
