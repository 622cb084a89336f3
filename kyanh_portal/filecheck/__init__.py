"""Files from people: judged by their structure in a fenced child process, rewritten clean, or refused with a sentence."""
