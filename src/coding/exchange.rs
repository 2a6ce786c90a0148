//! Exchanges: the interviewer's turn or turns, and the answer up to the next one.

use crate::corpus::Role;

/// What an exchange looks at in a turn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Heard {
    pub(super) role: Role,
    /// Whether it has words other than backchannels; without, it neither asks nor answers.
    pub(super) speaks: bool,
}

/// The number of each turn's exchange, from 1. What comes before the first interviewer turn belongs to the first
/// exchange; in a document without interviewer turns (that
/// speak) every turn is an exchange of its own. Turns of the role `other` neither ask nor answer.
pub(super) fn numbers(turns: &[Heard]) -> Vec<u32> {
    if !turns.iter().any(|turn| turn.speaks && turn.role == Role::Interviewer) {
        return (1..).take(turns.len()).collect();
    }
    let (mut number, mut asked, mut answered) = (1, false, false);
    turns
        .iter()
        .map(|turn| {
            if turn.speaks && turn.role == Role::Interviewer {
                if asked && answered {
                    number += 1;
                    answered = false;
                }
                asked = true;
            } else if turn.speaks && turn.role == Role::Informant && asked {
                answered = true;
            }
            number
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Heard, numbers};
    use crate::corpus::Role;

    fn turns(speakers: &str) -> Vec<Heard> {
        // Q asks, q only listens, a answers, o is neither.
        speakers
            .chars()
            .map(|speaker| Heard {
                role: match speaker {
                    'Q' | 'q' => Role::Interviewer,
                    'a' => Role::Informant,
                    _ => Role::Other,
                },
                speaks: speaker != 'q',
            })
            .collect()
    }

    #[test]
    fn questions_open_and_answers_close() {
        assert_eq!(numbers(&turns("QaQa")), [1, 1, 2, 2]);
        assert_eq!(numbers(&turns("aQaQ")), [1, 1, 1, 2]);
        assert_eq!(numbers(&turns("QQaaQ")), [1, 1, 1, 1, 2]);
        assert_eq!(numbers(&turns("QoQa")), [1, 1, 1, 1]);
    }

    #[test]
    fn backchannels_do_not_end_an_answer() {
        assert_eq!(numbers(&turns("QaqaqQa")), [1, 1, 1, 1, 1, 2, 2]);
    }

    #[test]
    fn without_an_interviewer_every_turn_stands_alone() {
        assert_eq!(numbers(&turns("aoa")), [1, 2, 3]);
        assert_eq!(numbers(&turns("aqa")), [1, 2, 3]);
        assert_eq!(numbers(&[]), [] as [u32; 0]);
    }
}
