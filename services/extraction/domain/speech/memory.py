"""Who spoke last: what a pronoun or a dropped subject means."""

from dataclasses import dataclass

from services.extraction.domain.speech.values import NOBODY, Speaker


@dataclass(slots=True)
class Memory:
    """Who spoke last, and who the last line was about."""

    last: Speaker = NOBODY
    spoke_at: int = -99
    topic: Speaker = NOBODY
    topic_at: int = -99
    line: int = 0
    said_in_line: int = -1

    def recall(self) -> Speaker:
        """Whom a pronoun or a dropped subject means: the last speaker, or whom the lines between were about."""
        if self.last is not NOBODY and (self.spoke_at >= self.topic_at or self.line - self.spoke_at <= 1):
            return self.last
        return self.topic if self.line - self.topic_at <= 2 else self.last

    def remember(self, speaker: Speaker) -> None:
        """Keep the speaker for what follows."""
        if speaker.name:
            self.last, self.spoke_at, self.said_in_line = speaker, self.line, self.line
