"""Charts drawn on the server as SVG, with attributes only: the same picture on the page and on paper."""

import svg


def attendance_chart(points: list[tuple[str, int, int]], width: int = 400, height: int = 230) -> str:
    """Share present by month: (label, present, base) from left to right; a month without a base leaves a gap.

    The scale runs from 50 to 100 per cent and says so; each point carries its numbers.
    """
    left, right, top, bottom = 50, 4, 26, 34
    inner_w, inner_h = width - left - right, height - top - bottom

    def x(i):
        return left + inner_w * (i + 0.5) / max(len(points), 1)

    def y(share):
        return top + inner_h * (100 - max(share, 50)) / 50

    elements: list[svg.Element] = []
    for share in (50, 75, 100):
        elements.append(svg.Line(x1=left, x2=width - right, y1=y(share), y2=y(share), stroke="#ddd3c0", stroke_width=1))
        elements.append(
            svg.Text(x=left - 6, y=y(share) + 5, text=f"{share}%", font_size=15, text_anchor="end", fill="#4f463a")
        )
    line: list[tuple[float, float]] = []
    for i, (label, present, base) in enumerate(points):
        elements.append(svg.Text(x=x(i), y=height - 10, text=label, font_size=13, text_anchor="middle", fill="#4f463a"))
        if base:
            share = 100 * present / base
            line.append((x(i), y(share)))
            elements.append(
                svg.Text(
                    x=x(i), y=y(share) - 9, text=f"{share:.0f}", font_size=15, text_anchor="middle", fill="#231e18"
                )
            )
    for (x1, y1), (x2, y2) in zip(line, line[1:], strict=False):
        elements.append(svg.Line(x1=x1, y1=y1, x2=x2, y2=y2, stroke="#1d4f7a", stroke_width=2.5))
    elements += [svg.Circle(cx=cx, cy=cy, r=4, fill="#1d4f7a") for cx, cy in line]
    words = "; ".join(f"{label}: {present}/{base}" for label, present, base in points if base)
    title = svg.Title(text=f"Tỷ lệ dự họp theo tháng. {words}")
    drawing = svg.SVG(
        viewBox=svg.ViewBoxSpec(0, 0, width, height),
        width=width,
        height=height,
        elements=[title, *elements],
    )
    return str(drawing).replace(
        "<svg ", '<svg role="img" class="k-chart" font-family="Be Vietnam Pro, Tinos, sans-serif" ', 1
    )
