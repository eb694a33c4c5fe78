package io.worldweave.filestore.content;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;

/**
 * Makes text of Markdown blocks: marks of blocks go, those of emphasis stay as they were written,
 * and a line that was wrapped is one line again. Comments in HTML are for authors and are left out.
 */
final class PlainText extends AbstractVisitor {
    private final List<String> blocks = new ArrayList<>();
    private final String softBreak;
    private StringBuilder line = new StringBuilder();

    private PlainText(String softBreak) {
        this.softBreak = softBreak;
    }

    static String of(Node node) {
        return of(List.of(node));
    }

    static String of(List<Node> nodes) {
        PlainText text = new PlainText(" ");
        nodes.forEach(node -> node.accept(text));
        return String.join("\n\n", text.blocks);
    }

    /** Returns the text of what a list item holds. */
    static String inside(Node item) {
        PlainText text = new PlainText(" ");
        text.visitChildren(item);
        return String.join("\n\n", text.blocks);
    }

    /** Returns the lines of a quotation as they stand in the file. */
    static List<String> linesOf(BlockQuote quote) {
        PlainText text = new PlainText("\n");
        quote.accept(text);
        return text.blocks.stream().flatMap(String::lines).toList();
    }

    private void block(Node node) {
        visitChildren(node);
        endBlock();
    }

    private void endBlock() {
        String text = line.toString().strip();
        if (!text.isEmpty()) {
            blocks.add(text);
        }
        line = new StringBuilder();
    }

    @Override
    public void visit(Paragraph paragraph) {
        block(paragraph);
    }

    @Override
    public void visit(Heading heading) {
        block(heading);
    }

    @Override
    public void visit(FencedCodeBlock code) {
        line.append(code.getLiteral());
        endBlock();
    }

    @Override
    public void visit(IndentedCodeBlock code) {
        line.append(code.getLiteral());
        endBlock();
    }

    @Override
    public void visit(ListItem item) {
        PlainText inner = new PlainText(softBreak);
        inner.visitChildren(item);
        blocks.add("- " + String.join("\n", inner.blocks));
    }

    @Override
    public void visit(Text text) {
        line.append(text.getLiteral());
    }

    @Override
    public void visit(Code code) {
        line.append(code.getLiteral());
    }

    @Override
    public void visit(SoftLineBreak lineBreak) {
        line.append(softBreak);
    }

    @Override
    public void visit(HardLineBreak lineBreak) {
        line.append('\n');
    }

    @Override
    public void visit(Emphasis emphasis) {
        emphasised(emphasis, String.valueOf(emphasis.getOpeningDelimiter()));
    }

    @Override
    public void visit(StrongEmphasis emphasis) {
        emphasised(emphasis, String.valueOf(emphasis.getOpeningDelimiter()));
    }

    private void emphasised(Node node, String mark) {
        line.append(mark);
        visitChildren(node);
        line.append(mark);
    }
}
