//! The conditions of KH Coder's coding rules: from text to a tree.
//!
//! Its grammar is that of the `WHERE` clause it becomes there: arithmetic binds tighter than comparison, comparison
//! tighter than `not`, that tighter than `and`, and that tighter than `or`. Operators stand between spaces.

/// Deepest nesting of parentheses.
const DEEPEST: usize = 50;

/// A piece of a condition between spaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// Without its quotation marks.
    pub(super) text: String,
    /// The mark that it was quoted in.
    pub(super) quote: Option<char>,
}

/// A condition, or a number in one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Expression {
    Atom(Token),
    Number(u64),
    Not(Box<Expression>),
    And(Vec<Expression>),
    Or(Vec<Expression>),
    /// Sum of numbers, such as counts of words.
    Sum(Vec<Expression>),
    Product(Vec<Expression>),
    /// Differences and quotients.
    Other,
    Compare(Box<Expression>, String, Box<Expression>),
}

/// Reads a condition.
///
/// # Errors
/// What is wrong with it.
pub(super) fn parse(text: &str) -> Result<Expression, String> {
    let tokens = tokens(text)?;
    let mut parser = Parser { tokens: &tokens, at: 0, depth: 0 };
    let expression = parser.or()?;
    match parser.peek() {
        None => Ok(expression),
        Some(token) => Err(format!("`{}` stands where an operator such as and, or is expected", token.text)),
    }
}

fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut rest = text.chars().peekable();
    while let Some(&first) = rest.peek() {
        if first.is_whitespace() {
            rest.next();
            continue;
        }
        let quote = Some(first).filter(|c| matches!(c, '\'' | '"'));
        let mut word = String::new();
        let Some(mark) = quote else {
            while let Some(c) = rest.next_if(|c| !c.is_whitespace()) {
                word.push(c);
            }
            tokens.push(Token { text: word, quote });
            continue;
        };
        rest.next();
        loop {
            match rest.next() {
                None => return Err(format!("the quotation mark {mark} is never closed")),
                Some(c) if c == mark => match rest.next_if_eq(&mark) {
                    Some(doubled) => word.push(doubled),
                    None => break,
                },
                Some(c) => word.push(c),
            }
        }
        tokens.push(Token { text: word, quote });
    }
    Ok(tokens)
}

struct Parser<'a> {
    tokens: &'a [Token],
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    /// Passes over one of these operators, if it comes next.
    fn take(&mut self, operators: &[&str]) -> Option<String> {
        let token = self.tokens.get(self.at).filter(|token| token.quote.is_none())?;
        let name = token.text.to_ascii_lowercase();
        let found = operators.contains(&name.as_str());
        if found {
            self.at += 1;
        }
        found.then_some(name)
    }

    fn or(&mut self) -> Result<Expression, String> {
        let mut operands = vec![self.and()?];
        while let Some(operator) = self.take(&["or", "|", "|!"]) {
            let operand = self.and()?;
            operands.push(if operator == "|!" { Expression::Not(Box::new(operand)) } else { operand });
        }
        Ok(single(operands, Expression::Or))
    }

    fn and(&mut self) -> Result<Expression, String> {
        let mut operands = vec![self.not()?];
        while let Some(operator) = self.take(&["and", "&", "&!"]) {
            let operand = self.not()?;
            operands.push(if operator == "&!" { Expression::Not(Box::new(operand)) } else { operand });
        }
        Ok(single(operands, Expression::And))
    }

    fn not(&mut self) -> Result<Expression, String> {
        let mut negated = false;
        while self.take(&["not", "!"]).is_some() {
            negated = !negated;
        }
        let operand = self.comparison()?;
        Ok(if negated { Expression::Not(Box::new(operand)) } else { operand })
    }

    fn comparison(&mut self) -> Result<Expression, String> {
        let left = self.sum()?;
        let Some(operator) = self.take(&[">", ">=", "<", "<=", "==", "="]) else { return Ok(left) };
        let right = self.sum()?;
        Ok(Expression::Compare(Box::new(left), operator, Box::new(right)))
    }

    fn sum(&mut self) -> Result<Expression, String> {
        let mut operands = vec![self.product()?];
        let mut other = false;
        while let Some(operator) = self.take(&["+", "-"]) {
            other |= operator == "-";
            operands.push(self.product()?);
        }
        Ok(if other { Expression::Other } else { single(operands, Expression::Sum) })
    }

    fn product(&mut self) -> Result<Expression, String> {
        let mut operands = vec![self.primary()?];
        let mut other = false;
        while let Some(operator) = self.take(&["*", "/"]) {
            other |= operator == "/";
            operands.push(self.primary()?);
        }
        Ok(if other { Expression::Other } else { single(operands, Expression::Product) })
    }

    fn primary(&mut self) -> Result<Expression, String> {
        if self.take(&["("]).is_some() {
            if self.depth == DEEPEST {
                return Err(format!("parentheses are nested more than {DEEPEST} deep"));
            }
            self.depth += 1;
            let inner = self.or()?;
            self.depth -= 1;
            return match self.take(&[")"]) {
                Some(_) => Ok(inner),
                None => Err("a parenthesis is never closed (each needs a space on either side)".to_owned()),
            };
        }
        let Some(token) = self.peek().cloned() else {
            return Err("the condition ends where a word is expected".to_owned());
        };
        let is_operator = |text: &str| {
            ["and", "or", "not", ")", "&", "|", "!", "&!", "|!", ">", ">=", "<", "<=", "==", "=", "+", "-", "*", "/"]
                .contains(&text.to_ascii_lowercase().as_str())
        };
        if token.quote.is_none() && is_operator(&token.text) {
            return Err(format!("`{}` stands where a word is expected", token.text));
        }
        self.at += 1;
        Ok(match token.text.parse() {
            Ok(number) if token.quote.is_none() => Expression::Number(number),
            _ => Expression::Atom(token),
        })
    }
}

fn single(mut operands: Vec<Expression>, join: fn(Vec<Expression>) -> Expression) -> Expression {
    match operands.pop() {
        Some(only) if operands.is_empty() => only,
        Some(last) => {
            operands.push(last);
            join(operands)
        }
        None => Expression::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::{Expression, Token, parse};

    fn atom(text: &str) -> Expression {
        Expression::Atom(Token { text: text.to_owned(), quote: None })
    }

    #[test]
    fn operators_bind_as_in_sql() {
        assert_eq!(
            parse("a or b and not c").expect("a condition"),
            Expression::Or(vec![atom("a"), Expression::And(vec![atom("b"), Expression::Not(Box::new(atom("c")))])])
        );
        assert_eq!(
            parse("( a | b ) &! c >= 2").expect("a condition"),
            Expression::And(vec![
                Expression::Or(vec![atom("a"), atom("b")]),
                Expression::Not(Box::new(Expression::Compare(
                    Box::new(atom("c")),
                    ">=".to_owned(),
                    Box::new(Expression::Number(2))
                )))
            ])
        );
        let quoted = Expression::Atom(Token { text: "it's here".to_owned(), quote: Some('\'') });
        assert_eq!(parse("'it''s here'").expect("a condition"), quoted);
    }

    #[test]
    fn what_is_no_condition_is_said() {
        for text in ["", "a b", "( a", "a or", "'a", "and", ") a"] {
            assert!(parse(text).is_err(), "{text}");
        }
        let deep = "( ".repeat(100_000) + "a";
        assert!(parse(&deep).is_err());
    }
}
